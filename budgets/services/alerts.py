"""Warning of categories that run out: each warning once a period."""

from collections.abc import Iterator

from budgets.domain.envelopes import ALMOST, FOR_BILLS, Envelope
from budgets.selectors.standing import Standing
from budgets.selectors.wording import alert_body, alert_title, names_of
from core.audit import Act
from core.notifications import Note, notify_many

TOPIC = "budget"


def warn(stood: Standing, *, act: Act) -> int:
    """Tell the person of categories of which 80 % or all is spent, or that the forecast sees overspent.

    Returns how many warnings are new. Who is told that all is spent is not told of 80 % as well.
    """
    return len(notify_many(_warnings(stood), now=act.at))


def _warnings(stood: Standing) -> Iterator[Note]:
    names, period = names_of(stood), stood.period
    for envelope in stood.envelopes:
        kind = kind_of(envelope)
        if kind is not None:
            yield Note(
                user_id=period.user_id,
                topic=f"{TOPIC}.{kind}",
                key=f"{TOPIC}:{envelope.key}:{kind}",
                title=alert_title(kind, names[envelope.key], period.user.locale),
                body=alert_body(
                    kind,
                    spent=envelope.total_spent,
                    budgeted=envelope.budgeted,
                    needed=envelope.needed,
                    period=period,
                ),
                data={"period": str(period.pk), "allocation": envelope.key},
            )


def kind_of(envelope: Envelope) -> str | None:
    """What there is to warn of in a category: the worst of what is so.

    A bill takes what was kept for it, all at once: of such a category only more than that is worth a warning.
    """
    spent, budgeted = envelope.total_spent, envelope.budgeted
    is_for_bills = envelope.pattern in FOR_BILLS
    if spent <= 0 or (is_for_bills and spent == budgeted):
        return None
    if spent >= budgeted:
        return "spent"
    if spent + envelope.needed > budgeted:
        return "forecast"
    return "almost" if 100 * spent >= ALMOST * budgeted and not is_for_bills else None
