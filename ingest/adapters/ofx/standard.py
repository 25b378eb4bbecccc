"""What the OFX standard allows, taken from the models of ofxtools, and how a file departs from it."""

from typing import NamedTuple

from ofxtools import models
from ofxtools.models.base import Aggregate
from ofxtools.Types import Element, NagString, OneOf, String

from ingest.adapters.ofx.remarks import Oddity


class _Rule(NamedTuple):
    longest: int | None
    values: frozenset[str] | None


_MODELLED = frozenset(
    name for name, model in vars(models).items() if isinstance(model, type) and issubclass(model, Aggregate)
)
SECURITY_ENTRIES = frozenset(name.upper() for name in models.INVTRANLIST.listaggregates) - {"INVBANKTRAN"}
# ofxtools has no pending lists and no loan statements; their tags are those of OFX 2.2.
ROWS = frozenset({"STMTTRN", "STMTTRNP", "LOANSTMTTRN"})
ACCOUNTS = frozenset({"BANKACCTFROM", "CCACCTFROM", "INVACCTFROM", "LOANACCTFROM"})
_WRAPPERS = ("MSGSRSV1", "TRNRS", "STMTRS", "TRANLIST", "TRANLISTP")
_STRUCTURE = frozenset(name for name in _MODELLED if name.endswith(_WRAPPERS))
STRUCTURE = (
    _STRUCTURE
    | ROWS
    | ACCOUNTS
    | {"OFX", "SONRS", "STATUS", "INVBANKTRAN", "LEDGERBAL", "AVAILBAL", "BALLIST", "INVPOSLIST", "INVBAL"}
    | {"BANKTRANLISTP", "LOANMSGSRSV1", "LOANSTMTTRNRS", "LOANSTMTRS", "LOANTRANLIST", "LOANTRANLISTP"}
)
"""Tags that frame statements: where one opens or closes, anything smaller that is still open has ended."""

AGGREGATES = _MODELLED | STRUCTURE

ROW_PARTS = {
    name: frozenset(child.upper() for child in getattr(models, name).spec)
    for name in ("PAYEE", "CURRENCY", "ORIGCURRENCY", "BANKACCTTO", "CCACCTTO")
}
"""The aggregates inside a row and the tags each may hold."""

_BEYOND_OFXTOOLS: dict[str, dict[str, _Rule]] = {
    "STMTTRNP": {"DTTRAN": _Rule(None, None), "DTEXPIRE": _Rule(None, None)},
    "LOANSTMTTRN": {"LOANTRNTYPE": _Rule(None, None), "LOANTRNAMT": _Rule(None, None)},
    "LOANACCTFROM": {"LOANACCTID": _Rule(None, None), "LOANACCTTYPE": _Rule(None, None)},
}


def _rule(element: Element) -> _Rule:
    # A NagString is one that ofxtools lets through when too long, as every reader does.
    strict = element if isinstance(element, String) and not isinstance(element, NagString) else None
    values = element.valid if isinstance(element, OneOf) else None
    return _Rule(strict.length if strict else None, frozenset(values) if values else None)


def _rules(model: str, *, prefix: str = "") -> dict[str, _Rule]:
    return {prefix + name.upper(): _rule(element) for name, element in getattr(models, model).spec.items()}


_ROW_RULES = _rules("STMTTRN") | {
    key: rule._replace(values=None)
    for part in ROW_PARTS
    for key, rule in _rules(part, prefix=f"{part}.").items()
}
_RULES = {name: _rules(name) for name in ("BANKACCTFROM", "CCACCTFROM", "INVACCTFROM", "STATUS")} | {
    "STMTTRN": _ROW_RULES,
    "STMTTRNP": _ROW_RULES
    | _BEYOND_OFXTOOLS["STMTTRNP"]
    | {"TRNTYPE": _Rule(None, (_ROW_RULES["TRNTYPE"].values or frozenset()) | {"HOLD"})},
    "LOANSTMTTRN": _ROW_RULES | _BEYOND_OFXTOOLS["LOANSTMTTRN"],
    "LOANACCTFROM": _BEYOND_OFXTOOLS["LOANACCTFROM"],
}


def departure(aggregate: str, key: str, value: str) -> tuple[Oddity, str] | None:
    """How ``value`` at ``key`` of ``aggregate`` departs from the standard; None where it does not.

    Tags with a point in their name are extensions the standard allows to everybody.
    """
    rule = _RULES[aggregate].get(key)
    if rule is None:
        return None if "." in key else (Oddity.UNKNOWN_TAG, key)
    return _value_departure(rule, key, value) if value else (Oddity.EMPTY, key)


def _value_departure(rule: _Rule, key: str, value: str) -> tuple[Oddity, str] | None:
    if rule.longest is not None and len(value) > rule.longest:
        return Oddity.TOO_LONG, f"{key} beyond {rule.longest} characters"
    if rule.values is not None and value not in rule.values:
        return Oddity.UNKNOWN_VALUE, f"{key} “{value[:40]}”"
    return None
