"""What sources saw of a row, and what the person said about it."""

from django.db.models import Q
from django.utils.safestring import SafeString

from core.staff.decorators import column
from core.staff.display import NOTHING, amount, lines, links, written
from core.staff.index import change_url
from core.staff.inlines import ReadInline
from transactions.models import KeptApart, Sighting, Transaction


class SightingInline(ReadInline):
    """The sources that tell of a row, the one that told first first."""

    model = Sighting
    fk_name = "transaction"
    verbose_name_plural = "Seen by"
    hide_title = True
    ordering = ("created_at", "id")
    fields = ("source", "channel", "date", "shown_amount", "link", "score", "shown_reasons", "import_id")
    readonly_fields = fields

    @column(description="Amount")
    def shown_amount(self, sighting: Sighting) -> str:
        return amount(sighting.amount, sighting.currency)

    @column(description="Reasons")
    def shown_reasons(self, sighting: Sighting) -> str:
        return " ".join(sighting.reasons) or NOTHING


def said(row: Transaction) -> SafeString:
    """The person's word on which sightings are this row."""
    found = row.verdicts.order_by("id")
    return lines((f"{each.source} {each.external_id}", _word(is_same=each.is_same)) for each in found)


def kept_apart(row: Transaction) -> SafeString:
    """Links to the rows that the person says are no transfer and no refund of this one."""
    pairs = KeptApart.objects.filter(Q(first=row) | Q(second=row)).select_related("first", "second")
    others = [pair.second if pair.first_id == row.pk else pair.first for pair in pairs.order_by("id")]
    return links(
        (change_url(other), f"{written(other.date)}, {amount(other.amount, other.currency)}")
        for other in others
    )


def _word(*, is_same: bool) -> str:
    return "is this row" if is_same else "is another purchase"
