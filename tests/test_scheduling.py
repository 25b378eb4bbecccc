"""What a process of the suite runs in one go."""

from tests.scheduling import PIECE, units


def test_what_shares_a_world_is_one_unit_across_modules():
    found = units([f"tests/journeys/test_{name}.py::test_it" for name in ("budget", "journeys")])

    assert len(set(found.values())) == 1


def test_a_long_module_is_handed_out_in_pieces():
    nodeids = [f"tests/test_routes.py::test_it[{number}]" for number in range(PIECE + 1)]
    found = units(nodeids)

    assert len({found[nodeid] for nodeid in nodeids[:PIECE]}) == 1
    assert found[nodeids[PIECE]] != found[nodeids[0]]


def test_what_comes_later_in_the_suite_is_a_unit_of_its_own():
    found = units(["tests/a/test_x.py::test_1", "tests/b/test_y.py::test_2", "tests/a/test_x.py::test_3"])

    assert len(set(found.values())) == 3


def test_a_race_is_a_unit_of_its_own():
    found = units([f"tests/test_races.py::test_{number}" for number in range(2)])

    assert len(set(found.values())) == 2


def test_what_asks_for_the_database_is_marked(request, db):
    assert request.node.get_closest_marker("stores")


def test_what_does_not_is_not(request):
    assert not request.node.get_closest_marker("stores")
