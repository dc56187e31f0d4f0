"""A book about another web: built from its data, and without a word of this one."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tightrope import dealbook
from tightrope.cases import __main__ as case
from tightrope.publish.edition import Edition

from ..conftest import TINY

OWN = {"openai": "acme", "OpenAI": "Acme Labs", "microsoft": "borealis", "Microsoft": "Borealis"}
OWN |= {"nvidia": "cobalt", "Nvidia": "Cobalt", "NASDAQ:MSFT": "", "NASDAQ:NVDA": ""}
OWN |= {"coreweave": "dune", "The Tightrope": "A toy web"}
WINSTAR = {
    "parties": """party_id,name,kind,country,ticker
lucent,Lucent,equipment_maker,US,
winstar,Winstar,customer,US,
banks,The banks,lender,US,
""",
    "deals": """deal_id,name,announced_on,scope,in_article,parent_deal_id,serves_deal_id,summary
line,The credit line,1998-10-31,focal,false,,,The maker lends its customer what it buys with.
rescue,The rescue,2001-02-23,financing,false,,,Banks lend the maker money.
""",
    "legs": """leg_id,deal_id,payer_id,payee_id,instrument,medium,purpose,starts_on,ends_on,"""
    """schedule,condition,part_of_leg_id
line-loan,line,lucent,winstar,loan,cash,a credit line,,,undated,,
line-equipment,line,winstar,lucent,services,cash,a network,,,undated,,
rescue-loan,rescue,banks,lucent,loan,cash,money,,,undated,,
""",
    "sources": """source_id,kind,publisher,title,url,published_on,accessed_on,read_as,note
paper,press,A paper,A story,https://example.org/a,1998-10-01,2026-11-22,text,
""",
    "events": """event_id,leg_id,happened_on,known_on,status,amount_low_usd_bn,amount_usd_bn,"""
    """amount_high_usd_bn,stated_by,source_id,confidence,note
a,line-loan,1998-10-31,1998-10-31,announced,0,2,2,payer,paper,press,
b,line-equipment,1998-10-31,1998-10-31,announced,0,2,2,payer,paper,press,
c,rescue-loan,2001-02-22,2001-02-23,binding,,6.5,,payee,paper,press,
""",
}
"""Three parties and two deals, after the report of TheStreet of October 1998."""


def renamed(folder: Path) -> Path:
    """The toy package about parties of other names, without a firm of this book."""
    folder.mkdir()
    for file in TINY.iterdir():
        text = file.read_text(encoding="utf-8")
        for old, new in OWN.items():
            text = text.replace(old, new)
        (folder / file.name).write_text(
            text.replace('"acme",\n        "onward"', '"focal",\n        "onward"')
        )
    return folder


def of_1999(folder: Path) -> Path:
    """Winstar and its supplier: three parties, two deals, no figure, claim or scenario."""
    renamed(folder)
    for name in ("claims", "financials", "scenarios"):
        file = folder / f"{name}.csv"
        file.write_text(file.read_text().splitlines()[0] + "\n")
    for name, text in WINSTAR.items():
        (folder / f"{name}.csv").write_text(text)
    described = folder / "datapackage.json"
    described.write_text(described.read_text().replace('"focal": "acme"', '"focal": "lucent"'))
    return folder


def built(data: Path, out: Path) -> Path:
    case.make(str(data), "", Edition(), out, 2)
    return out / "site"


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the toy web as a case; tests only read it."""
    folder = tmp_path_factory.mktemp("case")
    return built(renamed(folder / "acme"), folder / "out")


def firms() -> re.Pattern[str]:
    own = dealbook.load().parties
    telling = own[own.kind.isin(["lab", "cloud", "chipmaker", "equipment_maker"])]
    names = [name for name in telling["name"] if name not in ("Lambda", "Meta")]
    alone = "|".join(["Stargate", *map(re.escape, names)])
    return re.compile(rf"(?i:openai)|(?<!\w)(?:{alone})(?!\w)")


def test_a_case_names_no_firm_of_this_book(toy: Path) -> None:
    pattern, found = firms(), []
    for file in sorted(toy.rglob("*")):
        is_library = file.name == "vega.js"  # its names of colours hold other words
        if not file.is_file() or file.suffix in (".png", ".woff2", ".zip") or is_library:
            continue
        text = file.read_text(encoding="utf-8", errors="replace")
        found += [f"{file.relative_to(toy)}: {one}" for one in set(pattern.findall(text))]
    assert found == []


def test_every_chapter_leads_with_a_finding_and_says_three_things(toy: Path) -> None:
    for page in [toy / "index.html", *sorted(toy.glob("chapters/*.html"))]:
        text = page.read_text(encoding="utf-8")
        assert "standfirst" in text or page.stem == "index", page.name
        said = re.sub(r"<[^>]+>", " ", text.partition("<article")[2].partition("</article>")[0])
        assert "Acme Labs" in said
        assert len(re.findall(r"[a-z’)][.] ", said)) >= 3, page.name


def test_a_case_has_the_title_and_the_party_of_its_package(toy: Path) -> None:
    first = (toy / "index.html").read_text(encoding="utf-8")
    assert "A toy web: who pays whom for Acme Labs" in first
    assert "A special edition" not in first
    assert (toy / "partners" / "borealis.html").is_file()
    assert (toy / "reference" / "deal-catalogue" / "acme.html").is_file()


def test_three_parties_without_figures_and_scenarios_are_a_book(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = built(of_1999(tmp_path / "winstar"), tmp_path / "out")
    assert "not runway, who-breaks, scenarios" in capsys.readouterr().out
    assert not (site / "chapters" / "runway.html").exists()
    page = (site / "chapters" / "how-circular.html").read_text(encoding="utf-8")
    assert "loans and guarantees left out" in page
    promise = (site / "chapters" / "promise-and-cash.html").read_text(encoding="utf-8")
    assert "No payment by Lucent is known yet" in promise


def test_a_case_that_is_refused_leaves_the_last_good_site(toy: Path, tmp_path: Path) -> None:
    data, out = renamed(tmp_path / "acme"), tmp_path / "out"
    shutil.copytree(toy.parent / "site", out / "site")
    before = (out / "site" / "index.html").read_bytes()
    legs = data / "legs.csv"
    legs.write_text(legs.read_text().replace("borealis,acme,equity", "acme,acme,equity"))
    assert case.main([f"--data={data}", f"--out={out}"]) == 1
    assert (out / "site" / "index.html").read_bytes() == before


def test_a_party_that_only_others_pay_is_no_middle(tmp_path: Path) -> None:
    data = of_1999(tmp_path / "winstar")
    deals = data / "deals.csv"
    deals.write_text(deals.read_text().replace(",financing,", ",comparison,"))
    with pytest.raises(ValueError, match="The banks neither pays nor is paid"):
        case.make(str(data), "The banks", Edition(), tmp_path / "out", 1)
