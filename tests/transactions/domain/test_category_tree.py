from transactions.domain.category_tree import CATEGORY_BY_CODE, SHIPPED_CATEGORIES, CategoryGroup


def test_every_code_is_there_once():
    assert len(CATEGORY_BY_CODE) == len(SHIPPED_CATEGORIES)


def test_the_tree_has_two_levels():
    for category in SHIPPED_CATEGORIES:
        assert category.parent is None or CATEGORY_BY_CODE[category.parent].parent is None


def test_parents_come_before_their_children_and_share_their_group():
    seen = set()
    for category in SHIPPED_CATEGORIES:
        if category.parent:
            assert category.parent in seen
            assert CATEGORY_BY_CODE[category.parent].group is category.group
        seen.add(category.code)


def test_priorities_run_from_one_to_five():
    assert {category.priority for category in SHIPPED_CATEGORIES} == {1, 2, 3, 4, 5}


def test_uncategorised_is_a_want_and_comes_last():
    assert SHIPPED_CATEGORIES[-1].code == "uncategorised"
    assert SHIPPED_CATEGORIES[-1].group is CategoryGroup.WANTS
