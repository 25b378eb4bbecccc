"""A mistake is pointed at where it stands, however deep in the body (RFC 6901)."""

from types import SimpleNamespace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.exceptions import ValidationError

from core.errors import RelatedNotFoundError
from core.serializers import ContractSerializer, ListField, OwnedRelatedField
from transactions.models import Tag

KNOWN, MISSING = str(UUID(int=1)), str(UUID(int=2))


def tag(**options):
    return OwnedRelatedField(queryset=Tag.objects.none(), required=False, **options)


def with_field(name, field):
    """A serializer class of one field."""
    return type("Nested", (ContractSerializer,), {name: field})


def read(serializer_class, body):
    request = SimpleNamespace(user=SimpleNamespace(pk=UUID(int=9)))
    context = {"request": request, "related_rows": {(Tag, KNOWN): Tag()}}
    return serializer_class(data=body, context=context).is_valid(raise_exception=True)


def at(body, pointer):
    for part in pointer.split("/")[1:]:
        body = body[int(part)] if isinstance(body, list) else body[part]
    return body


@st.composite
def bodies(draw):
    """A serializer of any depth, and a body that is right but for one id somewhere in it."""
    several = draw(st.booleans())
    before, after = draw(st.integers(0, 3)), draw(st.integers(0, 3))
    name = draw(st.sampled_from(["category", "tags", "other"]))
    body = {name: [KNOWN] * before + [MISSING] + [KNOWN] * after if several else MISSING}
    serializer = with_field(name, tag(many=True) if several else tag())
    for form in draw(st.lists(st.sampled_from(["one", "many", "list"]), max_size=4)):
        name, place = draw(st.sampled_from(["splits", "part", "rows"])), draw(st.integers(0, 3))
        inner = {"one": serializer(), "many": serializer(many=True)}.get(form) or ListField(
            child=serializer()
        )
        body = {name: body if form == "one" else [{}] * place + [body, {}]}
        serializer = with_field(name, inner)
    return serializer, body


@given(bodies())
def test_an_id_that_names_nothing_is_found_by_its_pointer(given_body):
    serializer_class, body = given_body

    with pytest.raises(RelatedNotFoundError) as refusal:
        read(serializer_class, body)

    pointer = refusal.value.pointer
    assert at(body, pointer) is MISSING
    assert refusal.value.details == {"id": MISSING, "pointer": pointer}
    assert str(refusal.value) == f"There is no tag with the id {MISSING}."


def test_what_is_no_id_in_a_list_is_told_by_its_place():
    with pytest.raises(ValidationError) as refusal:
        read(with_field("tags", tag(many=True)), {"tags": [KNOWN, "holiday", 7]})

    assert {place: one[0].code for place, one in refusal.value.detail["tags"].items()} == {
        "1": "invalid_id",
        "2": "invalid_id",
    }


@pytest.mark.parametrize(("value", "kind"), [("holiday", "a string"), ({}, "an object"), (7, "a number")])
def test_ids_that_are_no_list_are_told_so(value, kind):
    with pytest.raises(ValidationError) as refusal:
        read(with_field("tags", tag(many=True)), {"tags": value})

    assert refusal.value.detail == {"tags": [f"Send an array, not {kind}."]}


def test_a_part_of_a_name_is_escaped():
    assert RelatedNotFoundError("Gone.").within("a/b~c", 3).pointer == "/a~1b~0c/3"
