"""Money moved between categories, through the API."""

from budgets.models import Redistribution

REDISTRIBUTE = "/api/v1/budgets/redistribute"
RUNS = "/api/v1/budgets/redistributions"


def amounts(api, month):
    listed = api.get(f"/api/v1/budgets/periods/{month['id']}/allocations").json()["results"]
    return {each["name"]: each["amount"] for each in listed}


BEFORE = {"Groceries": "400.00", "Restaurants and bars": "25.00", "Entertainment": "100.00"}
AFTER = {"Groceries": "400.00", "Restaurants and bars": "35.00", "Entertainment": "90.00"}


def test_a_preview_says_what_would_be_moved(month, alice_api, spend):
    spend("dining", "35.00")
    answer = alice_api.post(REDISTRIBUTE, {"dry_run": True}).json()
    assert answer["message"] == (
        "Budget adjusted: Restaurants and bars +€10.00, Entertainment \N{MINUS SIGN}€10.00."
    )
    assert [move["amount"] for move in answer["moves"]] == ["10.00"]
    assert answer["redistribution"] is None
    assert amounts(alice_api, month) == BEFORE


def test_moved_read_and_undone(month, alice_api, spend):
    spend("dining", "35.00")
    answer = alice_api.post(REDISTRIBUTE, {}).json()
    assert amounts(alice_api, month) == AFTER
    run = alice_api.get(f"{RUNS}/{answer['redistribution']}").json()
    assert (run["status"], run["message"], run["moves"][0]["amount"]) == (
        "applied",
        answer["message"],
        "10.00",
    )
    dining = next(state for state in run["states"] if state["name"] == "Restaurants and bars")
    assert (dining["budgeted"], dining["spent"], dining["remaining"], dining["days_left"]) == (
        "25.00", "35.00", "-10.00", 17
    )  # fmt: skip
    undone = alice_api.post(f"{RUNS}/{run['id']}/undo").json()
    assert undone["status"] == "undone"
    assert amounts(alice_api, month) == BEFORE
    again = alice_api.post(f"{RUNS}/{run['id']}/undo")
    assert (again.status_code, again.json()["error_code"]) == (409, "NOT_APPLIED")


def test_nothing_overspent_moves_nothing(month, alice_api):
    answer = alice_api.post(REDISTRIBUTE, {}).json()
    assert (answer["moves"], answer["redistribution"]) == ([], None)
    assert answer["message"] == "Nothing is overspent."


def test_without_a_budget_there_is_nothing_to_move(alice_api):
    answer = alice_api.post(REDISTRIBUTE, {})
    assert (answer.status_code, answer.json()["error_code"]) == (404, "NO_BUDGET")


def test_a_stranger_can_neither_see_nor_undo(month, alice_api, bob_api, spend):
    spend("dining", "35.00")
    run = alice_api.post(REDISTRIBUTE, {}).json()["redistribution"]
    codes = [
        bob_api.get(f"{RUNS}/{run}").status_code,
        *(bob_api.post(f"{RUNS}/{run}/{act}").status_code for act in ("undo", "agree", "dismiss")),
    ]
    assert codes == [404] * 4
    assert bob_api.get(RUNS).json()["results"] == []
    assert amounts(alice_api, month) == AFTER
    assert Redistribution.objects.get().status == "applied"


def test_a_token_without_the_scope_changes_nothing(month, alice, client_of, spend):
    spend("dining", "35.00")
    reader = client_of(alice, scopes=("read:budget",))
    assert reader.post(REDISTRIBUTE, {}).status_code == 403
    assert not Redistribution.objects.exists()


def test_a_list_asks_a_constant_number_of_queries(month, alice_api, spend, django_assert_num_queries):
    for amount in ("35.00", "1.00", "2.00"):
        spend("dining", amount)
        alice_api.post(REDISTRIBUTE, {})
    with django_assert_num_queries(3):
        assert len(alice_api.get(RUNS).json()["results"]) == 3
