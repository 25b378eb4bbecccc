"""What becomes of people's goals by night: rules are applied, and milestones noted."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from django.db import transaction

from core.audit import Act, entry
from core.domain.money import from_minor
from core.hooks import debts_owed_of
from core.models import AuditEntry
from goals.domain.contributions import ContributionRule as RuleKind
from goals.domain.contributions import Counted, given
from goals.domain.progress import milestones_reached, remaining
from goals.models import Contribution, ContributionRule, Goal, Milestone
from goals.selectors.counted import ONE_DAY, Book, Given, counted_before, looked_at
from goals.selectors.progress import Debts, MeasuredGoal, goals_with_progress, standing_of
from goals.services.milestones import keep_milestones
from users.models import User


@dataclass(slots=True)
class Saving:
    """A goal as its rules put money aside, in minor units, with the milestones that it reaches on the way."""

    goal: MeasuredGoal
    target: int
    saved: int
    noted: set[int]
    reached: list[Milestone] = field(default_factory=list)

    def note(self, today: date) -> None:
        new = milestones_reached(saved=self.saved, target=self.target, noted=self.noted)
        self.noted.update(new)
        saved = from_minor(self.saved, self.goal.currency)
        self.reached += [
            Milestone(goal=self.goal, percent=percent, reached_on=today, saved=saved) for percent in new
        ]


@transaction.atomic
def look_after_goals(people: Sequence[User], *, act: Act, today: date) -> int:
    """Put aside what the rules of active goals ask for and note milestones; returns how many contributions were made.

    ``today`` is the day of all these people. Looked at are the rows of the last 92 days and the last three whole
    months. What was counted once is not counted again, however often this runs; no rule gives more than its goal still
    needs. The most important goal comes first, and what a month leaves over is given once among all goals. Of each goal
    the person is told of the furthest milestone.
    """
    by_id = {person.pk: person for person in people}
    savings = _savings(by_id, today=today)
    rules = _rules(savings)
    looked = looked_at(rules, by_id, today=today)
    keys = {each.key for counted in looked.values() for each in counted}
    book = counted_before(by_id, keys)
    made = [
        each
        for rule in rules
        for each in _put_aside(rule, looked[rule.pk], savings[rule.goal_id], book, today=today)
    ]
    Contribution.objects.bulk_create(made)
    AuditEntry.objects.bulk_create(
        entry(each, act=act, action=AuditEntry.Action.CREATED, changes={"goal": str(each.goal_id)})
        for each in made
    )
    for saving in savings.values():
        saving.note(today)
    keep_milestones([each for saving in savings.values() for each in saving.reached], act=act)
    return len(made)


def _savings(people: Mapping[UUID, User], *, today: date) -> dict[UUID, Saving]:
    """The active goals of these people, of each the most important first."""
    # The person's row is what two rounds at once wait for, the goal's row whoever else changes what is saved.
    list(User.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk").values_list("pk"))
    active = Goal.objects.filter(user__in=people, status=Goal.Status.ACTIVE)
    list(active.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    goals = goals_with_progress().filter(user__in=people, status=Goal.Status.ACTIVE)
    found = list(goals.order_by("user_id", "priority", "target_on", "pk"))
    followers = {goal.user_id for goal in found if goal.debt_id}
    debts = debts_owed_of(followers, today=today) if followers else {}
    return {goal.pk: _saving(goal, people[goal.user_id], debts.get(goal.user_id, {})) for goal in found}


def _saving(goal: MeasuredGoal, user: User, debts: Debts) -> Saving:
    goal.user = user
    facts = standing_of(goal, debts).facts
    return Saving(goal, target=facts.target, saved=facts.saved, noted={each.percent for each in goal.noted})


def _rules(savings: Mapping[UUID, Saving]) -> list[ContributionRule]:
    """The rules at work, in the order of their goals."""
    places = {pk: place for place, pk in enumerate(savings)}
    fed = [pk for pk, saving in savings.items() if not saving.goal.debt_id]
    rules = list(ContributionRule.objects.filter(goal__in=fed, is_active=True))
    for rule in rules:
        rule.goal = savings[rule.goal_id].goal
    return sorted(rules, key=lambda rule: (places[rule.goal_id], rule.kind))


def _put_aside(
    rule: ContributionRule, looked: Sequence[Counted], saving: Saving, book: Book, *, today: date
) -> Iterator[Contribution]:
    """The contributions of one rule, which the book and the saving then know of."""
    goal = saving.goal
    fresh = list(_fresh(rule, looked, book))
    parts = given(
        RuleKind(rule.kind),
        fresh,
        currency=goal.currency,
        needed=remaining(saved=saving.saved, target=saving.target),
        percent=rule.percent,
        step=rule.step,
    )
    for each, units in zip(fresh, parts, strict=True):
        if units:
            amount = from_minor(units, goal.currency)
            book.setdefault((rule.user_id, each.key), Given()).add(goal.pk, amount, goal.currency)
            saving.saved += units
            yield Contribution(
                user=goal.user,
                goal=goal,
                amount=amount,
                on=each.on,
                source=Contribution.Source.RULE,
                key=each.key,
            )
    if any(parts):
        saving.note(today)


def _fresh(rule: ContributionRule, looked: Sequence[Counted], book: Book) -> Iterator[Counted]:
    """What the rule has not counted yet; of what a month leaves over, what other goals have not been given."""
    for each in looked:
        before = book.get((rule.user_id, each.key))
        if each.key in rule.skipped or (before and rule.goal_id in before.goals):
            continue
        if before and rule.kind == RuleKind.LEFT_OVER:
            taken = before.to_others(rule.goal, on=each.on - ONE_DAY)
            yield replace(each, units=each.units - taken)
        else:
            yield each
