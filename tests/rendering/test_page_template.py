"""A folder's own template makes the page's body, and can do nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from editor.rendering.export import ExportOptions, export_article
from editor.rendering.page_styles import ThemeRefused

ARTICLE = "---\ntitle: A & <b>\nauthor: [X, Y]\n---\n## Sub\n\nHello <i>you</i>.\n"


@pytest.fixture
def body(tmp_path: Path) -> Callable[[str], str]:
    def made(template: str, article: str = ARTICLE) -> str:
        (tmp_path / "page.html").write_text(template)
        page = export_article(article, folder=tmp_path, name="x", options=ExportOptions(template="page.html")).content
        return page[page.index("<body>\n") + 7 : page.index("</body>")]

    return made


def test_a_template_puts_the_parts_where_it_likes(body: Callable[[str], str]) -> None:
    template = (
        "<header>{{ title }}{% for name in authors %}, <b>{{ name|upper }}</b>{% endfor %}</header>"
        "{% if updated %}never{% else %}<main>{{ content }}</main>{% endif %}<footer>{{ notes }}</footer>"
    )
    assert body(template) == (
        "<header>A &amp; &lt;b&gt;, <b>X</b>, <b>Y</b></header><main>"
        '<h2 id="sub">Sub <a class="anchor" href="#sub" aria-label="Link to this section">#</a></h2>\n'
        "<p>Hello <i>you</i>.</p>\n</main><footer></footer>\n"
    )


def test_a_template_may_extend_and_include_others_of_the_folder(body: Callable[[str], str], tmp_path: Path) -> None:
    (tmp_path / "base.html").write_text("<main>{% block inner %}{% endblock %}</main>{% include 'foot.html' %}")
    (tmp_path / "foot.html").write_text("<footer>{{ language }}</footer>")
    template = "{% extends 'base.html' %}{% block inner %}{{ content }}{% endblock %}"
    assert body(template, "Words.") == "<main><p>Words.</p>\n</main><footer>en</footer>\n"


@pytest.mark.parametrize(
    "template",
    [
        "<main>{{ content }}</main>",
        "<p>{{ product }}</p><main>{{ content }}</main>{{ disclosure }}",
        "<main>{{ disclosure }}{{ content }}</main>{{ product }}",
    ],
)
def test_a_template_cannot_hide_what_a_reader_is_owed(body: Callable[[str], str], template: str) -> None:
    article = "---\naffiliate_link: https://a.test/\n---\n[buy](https://a.test/)[^1]\n\n[^1]: Note.\n"
    made = body(template, article)
    assert made.count('class="disclosure"') == made.count('id="fn:1"') == 1
    assert made.index('class="disclosure"') < made.index('rel="sponsored')


def test_nothing_active_comes_through(body: Callable[[str], str]) -> None:
    made = body(
        "{{ content }}<script>x</script><style>@import 'x'</style><meta http-equiv=refresh content='0;url=http://a.test'>"
        "<link rel=preconnect href=http://a.test><img src=http://a.test onerror=x><iframe src=x></iframe><base href=x>"
        "<a href='javascript:x' onclick=x style='background:url(//a.test)'>a</a><form action=x><input></form>",
        "Words.",
    )
    assert made == '<p>Words.</p>\n<a rel="noopener">a</a>\n'


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ content }}{{ ''.__class__ }}", "unsafe"),
        ("{{ content }}{{ content['__class__'] }}", "unsafe"),
        ("{{ content }}{{ range(9) }}", "call is nothing"),
        ("{{ content }}{{ title.upper() }}", "call is nothing"),
        ("{{ content }}{{ cycler }}", "undefined"),
        ("{{ content }}{{ 9 ** 9 ** 9 }}", "pow is nothing"),
        ("{{ content }}{{ '%99999d' % 1 }}", "mod is nothing"),
        ("{{ content }}{{ 'x' * 999999999 }}", "mul is nothing"),
        ("{{ content }}{% set x = title ~ title %}", "assign is nothing"),
        ("{{ content }}{% macro x() %}{% endmacro %}", "macro is nothing"),
        ("{{ content }}{% import 'page.html' as x %}", "import is nothing"),
        ("{{ content }}{{ title|center(99999999) }}", "No filter named 'center'"),
        ("{{ content }}{{ title|attr('x') }}", "No filter named 'attr'"),
        ("{{ content }}{% include 'page.html' %}", "includes itself"),
        ("{{ content }}{% include '../secret.html' %}", "outside the folder"),
        ("{{ content }}{% include '/etc/passwd' %}", "outside the folder"),
        ("{{ content }}{% include 'gone.html' %}", "was not found"),
        ("{{ content }}{% for a in title * 2 %}{% endfor %}", "mul is nothing"),
        ("{{ content }}" + "{% for a in title %}" * 9 + "x" + "{% endfor %}" * 9, "takes too long"),
        ("{{ content }}" + "{% for a in title %}" * 30 + "x" + "{% endfor %}" * 30, "cannot be used|takes too long"),
        ("{{ content }}{% for a in title %}" + "x" * 90_000 + "{% for b in title %}" + "{{ title }}" * 900
         + "{% endfor %}{% endfor %}{% for a in title %}" * 1 + "y" * 1_000 + "{% endfor %}", "writes too much|larger"),
        ("{{ content }}{{ stet_turn }}", "nothing it may use"),
        ("{{ content }}{{ title < 3 }}", "cannot be used"),
        ("{{ nope }}{{ content }}", "'nope' is undefined"),
        ("{% if %}", "line 1"),
        ("Nothing of the article", "must have {{ content }} once"),
        ("{{ content }}{{ content }}", "must have {{ content }} once"),
        ("<a title='{{ content }}'>x</a>", "must have {{ content }} once"),
        ("{{ content|upper }}", "must have {{ content }} once"),
    ],
)  # fmt: skip
def test_what_does_more_than_a_template_may_is_refused(body: Callable[[str], str], template: str, said: str) -> None:
    with pytest.raises(ThemeRefused, match=said.replace("{{", r"\{\{").replace("}}", r"\}\}")):
        body(template)


def test_a_link_out_of_the_folder_leads_nowhere(body: Callable[[str], str], tmp_path: Path) -> None:
    (tmp_path.parent / "secret.html").write_text("secret")
    (tmp_path / "link.html").symlink_to(tmp_path.parent / "secret.html")
    with pytest.raises(ThemeRefused, match="outside"):
        body("{{ content }}{% include 'link.html' %}")
