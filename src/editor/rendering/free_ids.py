"""Ids for what a page has beside its article: the article's own stay what they are, so these give way."""

from __future__ import annotations

from collections import Counter

from editor.rendering.sanitise import PAGE_IDS
from editor.rendering.sanitised_tags import Tag, change_tags, start_tag, tags_of


class FreeIds:
    """The ids that an article's HTML leaves free."""

    def __init__(self, html: str) -> None:
        ids = (tag.attributes["id"] for tag in tags_of(html, having="id"))
        self._taken = {*PAGE_IDS, *ids}
        self._times: Counter[str] = Counter()

    def take(self, name: str) -> str:
        """An id that nothing has: the name, or with `-1`, `-2` and so on behind it where it is taken."""
        free = name
        while free in self._taken:
            self._times[name] += 1
            free = f"{name}-{self._times[name]}"
        self._taken.add(free)
        return free


def without_repeated_ids(html: str) -> str:
    """The HTML with each id at the first element that has it, to which links lead anyway."""
    seen: set[str] = set()

    def once(tag: Tag) -> str:
        name = tag.attributes["id"]
        if name and name not in seen and not any(character.isspace() for character in name):
            seen.add(name)
            return tag.source
        return start_tag(tag.name, {key: value for key, value in tag.attributes.items() if key != "id"})

    return change_tags(html, once, having="id")
