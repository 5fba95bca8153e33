"""The preview's page and its script, in a real browser."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from editor import resources
from editor.rendering.page import preview_script

# Each step is run in its turn, and what it comes to is written into the page.
HARNESS = """
<script>
const results = [];
for (const step of STEPS) results.push((0, eval)(step));
const out = document.createElement("output");
out.textContent = JSON.stringify(results);
document.body.append(out);
</script>
"""
STATE = "[...document.querySelectorAll('stet-run > stet-chunk')].map(s => [s.dataset.chunk, s.className, s.innerHTML])"


@pytest.fixture
def run(tmp_path: Path, visit: Callable[[Path], Any]) -> Callable[..., list[Any]]:
    """What each step comes to, in a shell without its policy (under which no page script runs)."""

    def steps_in_the_shell(*steps: str) -> list[Any]:
        shell = re.sub(r"<meta http-equiv[^>]*>", "", resources.read_text("preview/shell.html"))
        harness = HARNESS.replace("STEPS", json.dumps([preview_script(), *steps]).replace("</", "<\\/"))
        page = tmp_path / "shell.html"
        page.write_text(shell.replace("</body>", f"{harness}</body>"), encoding="utf-8")
        written = re.search(r"<output>(.*?)</output>", visit(page).dom, re.DOTALL)
        assert written
        return json.loads(unescape(written[1]))[1:]

    return steps_in_the_shell


def test_the_shell_allows_no_script_and_only_its_own_scheme() -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', resources.read_text("preview/shell.html"))
    assert policy
    local = "style-src stet: 'nonce-@NONCE@'; img-src stet: data:; font-src data:"
    assert policy[1] == f"default-src 'none'; {local}; base-uri 'none'; form-action 'none'"


def test_the_script_sets_no_timer() -> None:
    assert not re.search("setTimeout|setInterval", preview_script())


def test_chunks_are_put_exchanged_and_filled(run: Callable[..., list[Any]]) -> None:
    states = run(
        "stet.splice(0, 0, [{id: 1, html: '<p>a</p>'}, {id: 2, html: '<p>b</p>'}, {id: 3, html: '<p>c</p>'}]);" + STATE,
        "stet.splice(1, 1, [{id: 4, html: null}, {id: 5, html: null}]);" + STATE,
        "stet.fill([{id: 4, html: '<p>d</p>'}, {id: 2, html: '<p>gone</p>'}]);" + STATE,
        "stet.splice(1, 2, []);" + STATE,
    )
    first, last = ["1", "chunk", "<p>a</p>"], ["3", "chunk", "<p>c</p>"]
    assert states[0] == [first, ["2", "chunk", "<p>b</p>"], last]
    assert states[1] == [first, ["4", "chunk pending", "<p>b</p>"], ["5", "chunk pending", ""], last]
    assert states[2] == [first, ["4", "chunk", "<p>d</p>"], ["5", "chunk pending", ""], last]
    assert states[3] == [first, last]


def test_a_chunk_that_did_not_change_keeps_its_nodes(run: Callable[..., list[Any]]) -> None:
    kept = run(
        "stet.splice(0, 0, [{id: 1, html: '<p>a</p>'}]); globalThis.node = article.querySelector('p'); 0",
        "stet.splice(0, 1, [{id: 9, html: '<p>a</p>'}]); node === article.querySelector('p')",
    )
    assert kept[1] is True


# Splices at random, in each of which all that must hold of the runs is looked at; what does not is the result.
SPLICES = """
(() => {
  let dice = 1;
  const upTo = (most) => (dice = (dice * 16807) % 2147483647) % (most + 1);
  const isSame = (one, other) => one.length === other.length && one.every((each, index) => each === other[index]);
  let ids = [];
  for (let step = 0; step < 600; step++) {
    const first = upTo(ids.length);
    const removed = Math.min(upTo(step % 40 ? 3 : 90), ids.length - first);
    const come = Array.from({ length: upTo(step % 50 ? 4 : 300) }, (_, index) => `${step}.${index}`);
    stet.splice(first, removed, come.map((id) => ({ id, html: `<p>${id}</p>` })));
    ids = [...ids.slice(0, first), ...come, ...ids.slice(first + removed)];
    const runs = [...article.children];
    const inPage = runs.flatMap((run) => [...run.children]);
    const neighbour = inPage[upTo(inPage.length - 1)];
    const at = inPage.indexOf(neighbour);
    const holds = {
      order: isSame(ids, inPage.map((section) => section.textContent)),
      list: isSame(sections.inOrder(), inPage),
      names: ids.every((id, index) => sections.of(id) === inPage[index]),
      length: runs.every((run) => run.children.length > 0 && run.children.length <= 48),
      number: runs.length <= 2 + inPage.length / 4,
      before: (neighbour && sections.previous(neighbour)) === inPage[at - 1],
      after: (neighbour && sections.next(neighbour)) === inPage[at + 1],
    };
    const broken = Object.keys(holds).filter((name) => !holds[name]);
    if (broken.length) return [step, broken, ids.length, runs.length];
  }
  return ids.length;
})()
"""


def test_however_chunks_come_and_go_they_stand_in_order_in_runs_of_some(run: Callable[..., list[Any]]) -> None:
    (left,) = run(SPLICES)
    assert isinstance(left, int), left
    assert left > 500


def test_images_come_from_the_articles_folder_and_a_missing_one_shows_its_words(run: Callable[..., list[Any]]) -> None:
    sources = run(
        'stet.splice(0, 0, [{id: 1, html: \'<img src="a.png" alt="A"><img src="data:image/gif;base64,R0lGODlh">\'}]);'
        "const found = [...document.images].map(i => i.getAttribute('src'));"
        "document.images[0].dispatchEvent(new Event('error'));"
        "found.concat(article.querySelector('.image-missing').textContent)"
    )
    assert sources[0] == ["stet://article/a.png", "data:image/gif;base64,R0lGODlh", "A"]
