"""What imports look like in the API."""

import json
from typing import NoReturn

from django.core.files.uploadedfile import UploadedFile
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.serializers import (
    AnswerSerializer,
    ContractModelSerializer,
    ContractSerializer,
    OwnedRelatedField,
    answer_serializer,
)
from ingest.domain.guess import LayoutPart
from ingest.domain.outcomes import RowCounts
from ingest.domain.statement import Problem, StatementAccount
from ingest.models import StatementImport
from ingest.selectors import StagedRows
from ingest.serializers.corrections import CORRECTIONS
from transactions.models import Account

FORMATS = ("csv", "ofx", "qif", "camt", "mt940")
MAPPING_BYTES = 10_000
MAPPING_PARTS = 100


class ProblemSerializer(AnswerSerializer):
    rejected = serializers.BooleanField(help_text="A row that could not be read; otherwise a remark.")

    class Meta:
        dataclass = Problem


class FoundAccountSerializer(AnswerSerializer):
    kind = serializers.ChoiceField(Account.Kind.choices, allow_blank=True)

    class Meta:
        dataclass = StatementAccount


class RowCountsSerializer(AnswerSerializer):
    matched = serializers.IntegerField(help_text="Another source had told of them; they are one row with it.")
    duplicate = serializers.IntegerField(help_text="In the ledger already.")
    updated = serializers.IntegerField(help_text="Pending before, booked now.")
    deleted = serializers.IntegerField(help_text="You deleted them; they stay deleted unless asked for.")
    invalid = serializers.IntegerField(help_text="Could not be read; `problems` has line and reason.")

    class Meta:
        dataclass = RowCounts


class LayoutPartSerializer(serializers.Serializer[LayoutPart]):
    value = serializers.JSONField()
    confidence = serializers.FloatField()


class StatementImportSerializer(ContractModelSerializer):
    percent = serializers.IntegerField(read_only=True)
    progress_total = serializers.IntegerField(
        read_only=True, allow_null=True, help_text="Rows of the file; an estimate until all of it is read."
    )
    rows = RowCountsSerializer(read_only=True)
    problems = ProblemSerializer(many=True, read_only=True, help_text="The first 500.")
    accounts_found = FoundAccountSerializer(many=True, read_only=True)
    format = serializers.ChoiceField(
        FORMATS, read_only=True, allow_blank=True, help_text="Empty until known."
    )
    layout = serializers.DictField(
        child=LayoutPartSerializer(),
        read_only=True,
        help_text="How the file was read, each part with a confidence from 0 to 1.",
    )
    mapping = serializers.DictField(read_only=True, help_text="Your corrections of the layout.")

    class Meta:
        model = StatementImport
        fields = (
            "id", "status", "percent", "progress_done", "progress_total", "error", "filename", "size", "account",
            "dry_run", "restore_deleted", "format", "layout", "mapping", "accounts_found", "rows", "problems",
            "created_at", "started_at", "finished_at", "undone_at",
        )  # fmt: skip
        read_only_fields = fields


@extend_schema_field(CORRECTIONS)
class MappingField(serializers.JSONField):
    """Corrections of the layout as JSON, such as ``{"delimiter": ";", "columns": {"date": "Buchungstag"}}``."""

    def to_internal_value(self, data: object) -> dict[str, object]:
        if isinstance(data, UploadedFile):
            # A form of a browser gives every part with a media type a file's name.
            data = data.read(MAPPING_BYTES + 1).decode(errors="replace")
        if isinstance(data, str):
            data = self._parsed(data)
        if not isinstance(data, dict) or len(json.dumps(data)) > MAPPING_BYTES:
            raise serializers.ValidationError("Send a JSON object of at most 10 kB.", code="not_an_object")
        return data

    def _parsed(self, text: str) -> object:
        if text.count("{") + text.count("[") > MAPPING_PARTS:
            raise serializers.ValidationError("The object has too many parts.", code="too_many_parts")
        try:
            parsed = json.loads(text, parse_constant=_no_number)
            written = json.dumps(parsed, ensure_ascii=False).encode()
        except ValueError as exc:
            raise serializers.ValidationError("This is not JSON.", code="not_json") from exc
        if rb"\u0000" in written:
            raise serializers.ValidationError("A NUL letter cannot be kept.", code="not_json")
        found: object = parsed
        return found


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


class StatementUploadSerializer(ContractSerializer):
    file = serializers.FileField(
        help_text="CSV, OFX, QFX, QIF, CAMT, MT940 or MT942, at most 50 MB.", max_length=255
    )
    account = OwnedRelatedField(
        queryset=Account.objects.all(),
        required=False,
        help_text="Left out: found by the number in the file, or opened.",
    )
    mapping = MappingField(required=False)
    dry_run = serializers.BooleanField(
        required=False, default=False, help_text="Read and compare; post nothing."
    )
    restore_deleted = serializers.BooleanField(
        required=False, default=False, help_text="Bring back rows that you deleted."
    )


StagedRowsSerializer = answer_serializer(StagedRows)
