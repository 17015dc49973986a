"""The answer as one HTML file that needs nothing else: no request, no script but its own, readable offline.

The page names the hash of each of its scripts and of its style in a content security policy, so a browser runs nothing
that a household's names could bring in; every text is escaped besides.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from importlib import resources
from typing import Any

import jinja2
import vl_convert
from markupsafe import Markup, escape

from rothwell.answer import Answer
from rothwell.decision.recommendation import recommended
from rothwell.decision.study import SECONDARY_PATHS
from rothwell.report.blocks import Section
from rothwell.report.charts import charts
from rothwell.report.reading import assumed, employers, found, headline, opening, question, works
from rothwell.report.sections import sections
from rothwell.report.this_year import bracket
from rothwell.report.words import PLUS_MINUS, dollars, facts_of, name_of, percent, plural, signed, title

TEMPLATES = "rothwell.report"
GLYPHS = {
    "●": "M5 1a4 4 0 1 0 0 8a4 4 0 1 0 0-8z",
    "■": "M1.5 1.5h7v7h-7z",
    "▲": "M5 1l4 7.5h-8z",
    "◆": "M5 .5l4 4.5l-4 4.5l-4-4.5z",
    "✚": "M3.5 1h3v2.5h2.5v3h-2.5v2.5h-3v-2.5h-2.5v-3h2.5z",
    "▼": "M5 9l4-7.5h-8z",
    "█": "M0 1h10v8h-10z",
    "╍": "M0 4h4v2h-4zM6 4h4v2h-4z",
    "─": "M0 4.5h10v1h-10z",
}
FOOTER = (
    "Made by rothwell on this computer; nothing was sent anywhere. It is not tax, legal or investment advice: returns, "
    "inflation, lives and coming laws are beliefs that the household file sets. docs/method.md tells how the numbers "
    "are made."
)


@dataclass(frozen=True, slots=True)
class Card:
    """A number to see first, with its name and a few words."""

    name: str
    number: str
    words: str


def page(answer: Answer) -> str:
    """The HTML text: the same bytes for the same answer."""
    style, script = _file("page.css"), _file("page.js")
    bundle = _bundle()
    drawn = charts(answer)
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=False)
    environment.filters["coded"] = _coded
    template = environment.from_string(_file("page.html"))
    return template.render(
        policy=policy(style, (bundle, script)),
        title=f"{name_of(answer)}: the plan from {answer.start_year}",
        who=facts_of(answer).capitalize(),
        lines=opening(answer),
        assumed=(*assumed(answer), *found(answer)),
        verdict=question(headline(answer)).verdict,
        cards=_cards(answer),
        sections=(*sections(answer), _method(answer)),
        charts=drawn,
        glyphs=GLYPHS,
        footer=FOOTER,
        style=Markup(style),
        specifications=Markup(_data({chart.name: chart.spec for chart in drawn})),
        bundle=Markup(bundle),
        script=Markup(script),
    )


def policy(style: str, scripts: tuple[str, ...]) -> str:
    """A content security policy that allows this style and these scripts and nothing else."""
    allowed = " ".join(_hash(one) for one in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _file(name: str) -> str:
    return resources.files(TEMPLATES).joinpath("templates", name).read_text(encoding="utf-8")


def _bundle() -> str:
    """Vega, Vega-Lite and vega-embed from the installed wheel; an end tag inside a text of theirs must not end ours."""
    text: str = vl_convert.javascript_bundle()  # type: ignore[call-arg]  # its stub wants the snippet that it has by default
    return text.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def _data(tree: object) -> str:
    """JSON that cannot leave its script element."""
    text = json.dumps(tree, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _cards(answer: Answer) -> tuple[Card, ...]:
    main = headline(answer)
    asked = question(main)
    position = [one.strategy.name for one in main.results].index(recommended(main))
    flows = main.first_year[position]
    cards = []
    if works(answer):
        room = sum(employer.after_tax_room for _, employer in employers(answer))
        cards.append(Card(f"After-tax room, {answer.capacity.year}", dollars(room), "into employers' plans"))
    error = f"{PLUS_MINUS}{asked.difference.standard_error:,.0f}, per equivalent adult"
    cards.append(Card("Worth a year, for life", signed(asked.difference.value), error))
    cards.append(Card(f"Federal income tax, {answer.start_year}", dollars(float(flows["income_tax"])), _bracket(flows)))
    if main.mega_backdoor is not None and main.mega_backdoor.break_even_fee is not None:
        fee = percent(main.mega_backdoor.break_even_fee, 2)
        cards.append(Card("Break-even plan fee", fee, f"a year; {percent(answer.household.market.plan_fee, 2)} today"))
    elif works(answer):
        cards.append(Card("To follow", title(recommended(main), main), "the simplest that is not beaten"))
    else:
        converted = dollars(float(flows["conversion"]))
        cards.append(Card(f"Convert to Roth, {answer.start_year}", converted, title(recommended(main), main).lower()))
    return tuple(cards)


def _bracket(flows: Any) -> str:
    found = bracket(flows)
    return "no ordinary taxable income" if found == "none" else f"{found} on the next dollar"


def _coded(text: str) -> Markup:
    """A text with what stands between backticks as code, everything escaped."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return escape(text)
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if position % 2 else escape(part) for position, part in enumerate(parts)
    )


def _method(answer: Answer) -> Section:
    """How the numbers are made, briefly."""
    household = answer.household
    beliefs = household.beliefs
    points = (
        f"Every strategy lives through the same {plural(answer.paths, 'future', 'futures')} of markets, prices and "
        f"laws (seed {answer.seed}); the differences are of the same paths, so most of the chance cancels. Measures "
        f"and laws beside those of the first lines rest on the first {min(answer.paths, SECONDARY_PATHS):,}.",
        answer.market.words,
        "Living costs until nobody works are the same in every strategy, to the cent; afterwards one rule sets "
        "spending from what is known that year. No strategy sees a future return, law or death.",
        "Federal income tax, and that of the states that are held, are computed anew for every year of every future "
        "with the law in force there, indexed by that future's own prices.",
        f"The certainty equivalent weighs outcomes with a relative risk aversion of {beliefs.risk_aversion:g} and "
        f"counts the estate as {beliefs.bequest_years:g} years of living, after "
        + (
            "estate tax and the taxes of the heirs."
            if beliefs.heirs_tax_rate is None
            else f"a tax of {percent(beliefs.heirs_tax_rate)} on tax-deferred money."
        ),
        "A difference counts when it exceeds two standard errors. Of strategies that do not differ by that measure, "
        "the simplest is recommended.",
    )
    return Section("method", "How the numbers are made", points=points)
