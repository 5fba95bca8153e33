"""What the worker was lost over is tried again, ever later, and an edit of it is no reason to lose it at each key."""

from __future__ import annotations

from editor.session.suspects import NOTES, Suspects


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now

    def go_on(self, milliseconds: int) -> None:
        self.now += milliseconds / 1000


def test_the_first_trial_follows_at_once_and_the_next_ever_later() -> None:
    clock = Clock()
    suspects = Suspects(clock)
    waits = []
    for _ in range(13):
        suspects.add("bad", "It took too long.")
        due = suspects.next_due()
        assert due is not None
        waits.append(due[1])
        clock.go_on(due[1])
        assert suspects.next_due() == ("bad", 0)
    assert waits == [0, 500, 1000, 2000, 4000, 8000, 16_000, 32_000, 64_000, 128_000, 256_000, 512_000, 600_000]


def test_of_several_the_one_that_is_due_first_comes_first() -> None:
    suspects = Suspects(Clock())
    suspects.add("worse", "why")
    suspects.add("worse", "why")
    suspects.add("new", "why")
    assert suspects.next_due() == ("new", 0)
    suspects.clear("new")
    assert suspects.next_due() == ("worse", 500)
    suspects.clear("worse")
    assert suspects.next_due() is None


def test_what_is_typed_into_a_suspect_is_one_and_waits_for_a_pause() -> None:
    clock = Clock()
    suspects = Suspects(clock)
    for _ in range(3):
        suspects.add("bad", "why")
    text = "bad"
    for _ in range(20):
        clock.go_on(100)
        suspects.follow_edit([text], [text + "x"])
        text += "x"
        assert suspects.next_due() == (text, 1000)
    assert len(suspects) == 1
    assert suspects.why == "why"


def test_an_edit_of_a_hopeless_one_is_tried_before_the_hopeless_one_would_be() -> None:
    suspects = Suspects(Clock())
    for _ in range(9):
        suspects.add("bad", "why")
    suspects.follow_edit(["bad"], ["good"])
    assert suspects.next_due() == ("good", 4000)


def test_of_what_comes_in_its_place_the_longest_is_suspect_and_the_rest_is_not() -> None:
    suspects = Suspects(Clock())
    suspects.add("bad one", "why")
    suspects.follow_edit(["bad one", "before"], ["bad", "and longer", "x"])
    assert "and longer" in suspects
    assert "bad" not in suspects


def test_a_suspect_that_is_gone_is_forgotten() -> None:
    suspects = Suspects(Clock())
    suspects.add("bad", "why")
    suspects.follow_edit(["bad"], [])
    assert not suspects
    assert suspects.why == ""


def test_an_edit_elsewhere_concerns_no_suspect() -> None:
    suspects = Suspects(Clock())
    suspects.add("bad", "why")
    suspects.follow_edit(["other"], ["another"])
    assert "bad" in suspects
    assert "another" not in suspects


def test_a_trial_that_was_broken_off_is_due_later_and_counts_for_nothing() -> None:
    clock = Clock()
    suspects = Suspects(clock)
    suspects.add("bad", "why")
    suspects.postpone("bad")
    assert suspects.next_due() == ("bad", 500)
    clock.go_on(500)
    suspects.add("bad", "why")
    assert suspects.next_due() == ("bad", 500)


def test_the_notes_may_be_suspect_too() -> None:
    suspects = Suspects(Clock())
    suspects.add(NOTES, "why")
    assert suspects.next_due() == (NOTES, 0)
