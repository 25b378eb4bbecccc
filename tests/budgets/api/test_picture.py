"""A month of a budget, drawn."""

from xml.etree import ElementTree as ET

SVG = "{http://www.w3.org/2000/svg}"
PATH = "/api/v1/budgets/calendar/2026-03/calendar.svg"


def drawn(api):
    answer = api.get(PATH)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
    return ET.fromstring(answer.content)


def test_every_day_of_the_month_says_what_was_spent_of_what_there_was(month, alice_api, spend):
    spend("groceries", "40.00", "2026-03-01")
    titles = [each.find(f"{SVG}title").text for each in drawn(alice_api).iter(f"{SVG}g")]
    assert len(titles) == 31
    assert titles[0] == "1: €40.00 / €16.95 (+€27.09)"
    assert titles[30] == "31:  / €28.51"


def test_a_day_is_coloured_and_labelled_as_the_calendar_tells_it(alice, alice_api, rented, spend):
    spend("dining", "60.00", "2026-03-01")
    (first, second, *_) = drawn(alice_api).iter(f"{SVG}g")
    told = alice_api.get("/api/v1/budgets/calendar/2026-03").json()["days"]

    assert [(day["status"], day["over"]) for day in told[:2]] == [("red", "50.00"), ("green", "0.00")]
    assert [each.find(f"{SVG}rect").get("fill") for each in (first, second)] == ["#f9d3c4", "#d7efe6"]
    assert [each.text for each in first.iter(f"{SVG}text")] == ["1", "+€50.00", "€60.00", "€10.00"]
    assert [each.text for each in second.iter(f"{SVG}text")] == ["2", None, "€8.34"]


def test_weeks_begin_where_the_person_begins_them(month, alice, alice_api):
    def weekdays():
        texts = [each.text for each in drawn(alice_api).iter(f"{SVG}text")]
        return texts[2:9]

    assert weekdays()[0] == "Mon"
    alice.settings.week_starts_on = 7
    alice.settings.save()
    assert weekdays() == ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]


def test_it_speaks_the_persons_language(month, alice, alice_api):
    alice.locale = "de"
    alice.save()
    assert drawn(alice_api).find(f"{SVG}title").text == "März 2026"


def test_a_stranger_gets_an_empty_month(month, bob_api, spend):
    spend("groceries", "40.00", "2026-03-01")
    assert {each.find(f"{SVG}title").text for each in drawn(bob_api).iter(f"{SVG}g")} == {
        f"{day}:  / " for day in range(1, 32)
    }
