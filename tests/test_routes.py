"""One walk over every route of the API: documented, closed to strangers, bound to scopes.

The table comes from the URL resolver. A route that is added and not covered here fails: it declares no scope,
has no row in ``OWN_ROWS`` to try, or is missing from the schema.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

import pytest
from django.contrib.admindocs.views import extract_views_from_urlpatterns, simplify_regex
from django.core.files.base import ContentFile
from django.db import connection
from django.urls import get_resolver
from drf_spectacular.generators import SchemaGenerator
from rest_framework.serializers import ManyRelatedField
from rest_framework.test import APIRequestFactory

from budgets.models import Allocation, BudgetPeriod, Redistribution
from core.models import Notification
from core.scopes import all_scopes, required_scopes
from core.serializers import OwnedRelatedField
from core.views import ContractView
from debts.models import Calculation, Debt, DebtPayment, InstalmentPurchase, PaymentPlan
from goals.models import CheckIn, Contribution, ContributionRule, Goal, Snapshot
from ingest.models import StatementImport
from tests.factories import (
    AccountFactory,
    ActionPlanFactory,
    AllocationFactory,
    BudgetPeriodFactory,
    CalculationFactory,
    ContributionFactory,
    ContributionRuleFactory,
    DebtFactory,
    DebtPaymentFactory,
    GoalFactory,
    InstalmentPurchaseFactory,
    MerchantFactory,
    NotificationFactory,
    PaymentPlanFactory,
    RedistributionFactory,
    SnapshotFactory,
    TagFactory,
    TransactionFactory,
    act_of,
    category_of,
)
from tests.planting import own_models
from transactions.models import (
    Account,
    Category,
    Merchant,
    Reconciliation,
    RecurringSeries,
    Rule,
    RuleRun,
    Sighting,
    Tag,
    Transaction,
    Transfer,
)
from transactions.services.categories import create_category
from transactions.services.transfers import link_transfer

API = "/api/v1/"
METHODS = ("get", "post", "put", "patch", "delete")

# Whoever signs in has no token yet; whoever signs out needs a token, whatever its scopes.
OPEN = {f"{API}auth/{name}" for name in ("register", "login", "refresh", "password/forgot", "password/reset")}
SCOPELESS = OPEN | {f"{API}auth/{name}" for name in ("logout", "logout-all", "password/change")}

# Which row an id in an address names, by the words before it.
OWN_ROWS = {
    "accounts": Account,
    "categories": Category,
    "merchants": Merchant,
    "reconciliations": Reconciliation,
    "recurring": RecurringSeries,
    "rule-runs": RuleRun,
    "rules": Rule,
    "sightings": Sighting,
    "tags": Tag,
    "transactions": Transaction,
    "transfers": Transfer,
    "debts": Debt,
    "debts/calculations": Calculation,
    "debt-payments": DebtPayment,
    "instalments": InstalmentPurchase,
    "payment-plans": PaymentPlan,
    "goals": Goal,
    "goal-check-ins": CheckIn,
    "goal-contributions": Contribution,
    "goal-rules": ContributionRule,
    "snapshots": Snapshot,
    "ingest/statements": StatementImport,
    "notifications": Notification,
    "budgets/periods": BudgetPeriod,
    "budgets/periods/<period_pk>/allocations": Allocation,
    "budgets/redistributions": Redistribution,
    "budgets/alerts": Notification,
}
# What is in an address without being an id.
DAYS = {"<on>": "2026-03-15", "<month>": "2026-03"}


@dataclass(frozen=True)
class Route:
    method: str
    path: str
    view: type
    action: str | None

    def __str__(self):
        return f"{self.method.upper()} {self.path}"

    @property
    def scopes(self):
        return [str(scope) for scope in required_scopes(self.view, self.method.upper())]

    def url(self, rows):
        """The address with the ids of a person's rows in the places of ids, and days where it asks for days."""
        return re.sub(r"<\w+>", lambda place: self._named(place[0], rows), self.path)

    @property
    def model(self):
        """Of whose rows the last id in the address is one."""
        return self._model_at(re.findall(r"<(?:\w+_)?pk>", self.path)[-1])

    def _model_at(self, place):
        return OWN_ROWS[self.path.removeprefix(API).partition(f"/{place}")[0]]

    def _named(self, place, rows):
        return DAYS[place] if place in DAYS else str(rows[self._model_at(place)].pk)


def all_routes():
    for callback, pattern, _namespace, _name in extract_views_from_urlpatterns(get_resolver().url_patterns):
        path = re.sub(r"<\w+:", "<", simplify_regex(pattern).replace("\\.", "."))
        if path.startswith(API) and path != API:
            for method, action in offered(callback).items():
                yield Route(method, path, callback.cls, action)


def offered(callback):
    """The methods that a view answers, and the action behind each where it has actions."""
    actions = getattr(callback, "actions", None)
    own = {method: None for method in METHODS if hasattr(callback.cls, method)}
    return own if actions is None else {method: actions[method] for method in METHODS if method in actions}


ROUTES = sorted(all_routes(), key=str)
SCOPED = [route for route in ROUTES if route.path not in SCOPELESS]
WITH_ID = [route for route in ROUTES if "pk>" in route.path]

each_route = pytest.mark.parametrize("route", ROUTES, ids=str)


@lru_cache(maxsize=1)
def api_schema():
    return SchemaGenerator().get_schema(request=None, public=True)


@lru_cache(maxsize=1)
def operations():
    return {
        (method, path.replace("{id}", "<pk>").replace("{", "<").replace("}", ">")): operation
        for path, methods in api_schema()["paths"].items()
        for method, operation in methods.items()
        if path.startswith(API)
    }


def rows_of(user):
    """A row of every kind that has an address of its own."""
    checking = AccountFactory(user=user, name="Checking")
    savings = AccountFactory(user=user, name="Savings")
    outflow = TransactionFactory(account=checking, amount=-50)
    inflow = TransactionFactory(account=savings, amount=50)
    category = create_category(user, act=act_of(user), name="Pottery", group="wants")
    debt = DebtFactory(user=user)
    goal = GoalFactory(user=user)
    ActionPlanFactory(goal=goal)
    row = TransactionFactory(account=checking)
    seen = {"date": row.date, "amount": row.amount, "currency": "EUR"}
    rule = Rule.objects.create(user=user, name="Shop", text="shop", set_notes="by rule")
    period = BudgetPeriodFactory(user=user)
    dining, films = (AllocationFactory(period=period, code=code) for code in ("dining", "entertainment"))
    return {
        BudgetPeriod: period,
        Allocation: dining,
        Redistribution: RedistributionFactory(giver=films, receiver=dining),
        Debt: debt,
        Calculation: CalculationFactory(user=user),
        DebtPayment: DebtPaymentFactory(debt=debt),
        InstalmentPurchase: InstalmentPurchaseFactory(user=user),
        PaymentPlan: PaymentPlanFactory(user=user),
        Goal: goal,
        CheckIn: CheckIn.objects.create(user=user, goal=goal, on=outflow.date, saved=0),
        Contribution: ContributionFactory(goal=goal),
        ContributionRule: ContributionRuleFactory(goal=goal),
        Snapshot: SnapshotFactory(user=user),
        Account: checking,
        Category: category,
        Merchant: MerchantFactory(user=user, category=category_of(user, "groceries")),
        Reconciliation: Reconciliation.objects.create(
            user=user, account=checking, on=seen["date"], statement_balance=1
        ),
        RecurringSeries: RecurringSeries.objects.create(
            user=user, key="rent", name="Rent", kind="bill", period="monthly", currency="EUR", expected=-50,
            spread=0, first_on=seen["date"], last_on=seen["date"], tolerance_days=3, confidence=1,
        ),
        Rule: rule,
        RuleRun: RuleRun.objects.create(user=user, rule=rule),
        Sighting: Sighting.objects.create(
            user=user, transaction=row, source="receipt", external_id=f"scan of {user.pk}", account=checking,
            status="posted", link="matched", score=90, **seen,
        ),
        Tag: TagFactory(user=user),
        Transaction: row,
        Transfer: link_transfer(user, act=act_of(user), outflow=outflow, inflow=inflow),
        Notification: NotificationFactory(user=user),
        StatementImport: StatementImport.objects.create(
            user=user, filename="march.csv", size=4, file=ContentFile(b"Date", "march.csv")
        ),
    }  # fmt: skip


def everything():
    """Every row of every table of ours, as the database has it."""
    tables = [model._meta.db_table for model in own_models()]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # One round trip for all.
            asked = [f"SELECT '{table}', held::text FROM \"{table}\" AS held" for table in tables]
            cursor.execute(" UNION ALL ".join(asked))
            return sorted(cursor.fetchall())
        return [
            (table, sorted(map(repr, cursor.execute(f'SELECT * FROM "{table}"').fetchall())))
            for table in tables
        ]


def test_the_walk_finds_the_routes():
    assert len(ROUTES) > 50
    assert "PATCH /api/v1/transactions/<pk>" in map(str, ROUTES)
    assert "GET /api/v1/transactions/export.csv" in map(str, ROUTES)
    assert "POST /api/v1/ingest/statements/<pk>/undo" in map(str, ROUTES)


@each_route
def test_a_route_is_a_view_of_the_contract(route):
    assert issubclass(route.view, ContractView)


@each_route
def test_a_route_is_in_the_schema(route):
    assert (route.method, route.path) in operations()


@pytest.mark.parametrize("operation", operations(), ids=" ".join)
def test_the_schema_promises_nothing_more(operation):
    assert operation in [(route.method, route.path) for route in ROUTES]


@each_route
def test_a_route_declares_its_scopes_and_the_schema_shows_them(route):
    operation = operations()[route.method, route.path]
    assert bool(route.scopes) == (route.path not in SCOPELESS)
    assert operation.get("x-scopes", []) == route.scopes
    for scope in route.scopes:
        assert f"`{scope}`" in operation["description"]


@each_route
def test_the_schema_says_which_routes_need_a_token(route):
    needed = [] if route.path in OPEN else [{"accessToken": []}]
    assert operations()[route.method, route.path]["security"] == needed


@each_route
def test_a_route_is_closed_without_a_token(route, api, hers):
    before = everything()
    answer = getattr(api, route.method)(route.url(hers))
    if route.path in OPEN:
        assert answer.status_code == 400
    else:
        assert answer.status_code == 401
        assert answer.json()["error_code"] == "NOT_AUTHENTICATED"
    assert everything() == before


@pytest.mark.parametrize("route", SCOPED, ids=str)
def test_a_route_is_closed_to_a_token_without_its_scope(route, alice, hers, client_of):
    client = client_of(alice, scopes=tuple(scope for scope in all_scopes() if scope not in route.scopes))
    before = everything()
    answer = getattr(client, route.method)(route.url(hers))
    assert answer.status_code == 403
    assert answer.json()["error_code"] == "SCOPE_MISSING"
    assert answer.json()["details"] == {"required": route.scopes}
    assert everything() == before


@pytest.mark.parametrize("route", WITH_ID, ids=str)
def test_the_id_of_another_person_s_row_is_not_found(route, hers, bob_api, alice_api):
    before = everything()
    answer = getattr(bob_api, route.method)(route.url(hers))
    assert answer.status_code == 404
    assert answer.json()["error_code"] == "NOT_FOUND"
    assert str(hers[route.model]) not in answer.content.decode()
    assert everything() == before
    assert getattr(alice_api, route.method)(route.url(hers)).status_code != 404


def related_fields():
    """Every field of a request body that takes the id of another row: route, field, model, wrapping."""
    for route in ROUTES:
        if route.method in {"post", "put", "patch"} and route.action is not None:
            serializer = serializer_of(route)
            for name, field in serializer.fields.items() if serializer else ():
                target = field.child_relation if isinstance(field, ManyRelatedField) else field
                if isinstance(target, OwnedRelatedField) and not field.read_only:
                    yield route, name, target.queryset.model, [] if target is field else [1]


def serializer_of(route):
    own = getattr(getattr(route.view, route.action), "kwargs", {})
    view = route.view(**own, action=route.action, format_kwarg=None, kwargs={})
    view.request = APIRequestFactory().post("/")
    view.swagger_fake_view = True
    has_body = operations()[route.method, route.path].get("requestBody")
    tried_by_hand = "bulk" in route.path or "ingest" in route.path
    return view.get_serializer() if has_body and not tried_by_hand else None


FIELDS = list(related_fields())


@pytest.mark.parametrize(("route", "field", "model", "many"), FIELDS, ids=str)
def test_the_id_of_another_person_s_row_in_a_body_is_not_found(route, field, model, many, hers, his, bob_api):
    foreign = str(hers[model].pk)
    before = everything()
    answer = getattr(bob_api, route.method)(route.url(his), {field: [foreign] if many else foreign})
    assert answer.status_code == 404
    assert answer.json()["error_code"] == "NOT_FOUND"
    assert everything() == before


@pytest.mark.parametrize("operation", ["update", "delete"])
def test_the_ids_of_another_person_s_rows_in_bulk_are_not_found(hers, bob_api, operation):
    row = hers[Transaction]
    body = {"rows": [str(row.pk) if operation == "delete" else {"id": str(row.pk), "notes": "mine"}]}
    before = everything()
    answer = bob_api.post(f"{API}transactions/bulk/{operation}", body)
    assert [row["error_code"] for row in answer.json()["rows"]] == ["NOT_FOUND"]
    assert everything() == before


def test_a_statement_is_not_imported_into_another_person_s_account(hers, bob_api):
    before = everything()
    body = {"file": ContentFile(b"Date", "march.csv"), "account": str(hers[Account].pk)}
    answer = bob_api.post(f"{API}ingest/statements", body, format="multipart")
    assert answer.status_code == 404
    assert everything() == before


@pytest.mark.parametrize("path", sorted({route.path for route in ROUTES}))
def test_a_method_that_a_route_does_not_offer_is_refused_politely(path, hers, alice_api):
    route = next(route for route in ROUTES if route.path == path)
    offered_here = {route.method for route in ROUTES if route.path == path}
    for method in {*METHODS, "options"} - offered_here:
        answer = getattr(alice_api, method)(route.url(hers))
        assert (answer.status_code, answer.json()["error_code"]) == (405, "METHOD_NOT_ALLOWED")
