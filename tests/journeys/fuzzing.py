"""What an attacker, a broken link or a curious person may write after the question mark."""

LONG = "a" * 10_000
MARK = "zq9x"
# Each must come back harmless wherever a page repeats it.
REFLECTED = [
    f"%22%3E%3Cscript%3E{MARK}(1)%3C/script%3E",
    f"%27%20onmouseover=%27{MARK}(1)",
    f"%22%20autofocus%20onfocus=%22{MARK}(1)",
    f"%3C/title%3E%3Cimg%20src=x%20onerror={MARK}(1)%3E",
    f"%3C/textarea%3E%3Csvg/onload={MARK}(1)%3E",
    f"javascript:{MARK}(1)",
    f"%7B%7B{MARK}%7D%7D%7B%25%20debug%20%25%7D",
]
PAGES = ["0", "9999", "-1", "abc", "1e9", "%C2%B2", "99999999999999999999", "", "1.5", "last"]
VALUES = [
    "tuntematon",
    "%27",
    "%22",
    "%22%22%22",
    "%27%20OR%201=1--",
    "%00",
    "a%00b",
    "%ff%fe",
    "%c0%af",
    "%ed%a0%80",
    "%EF%BF%BE",
    "%F0%9F%98%80",
    "%E2%80%AE",
    "*",
    "-",
    "-a",
    "%22a%20b%22%20-c",
    "a%20NEAR%20b",
    "title:a",
    "(",
    "%5C",
    "%25",
    "%",
    "%zz",
    "a%0d%0aSet-Cookie:x=1",
    LONG,
    "a%20" * 2_000,
    "%22" * 999,
    *REFLECTED,
]
# Whole query strings: the same name often, names that look like arrays, no name at all.
QUERIES = [
    "&".join(f"{{name}}={number}" for number in range(200)),
    "{name}[]=1&{name}[0]=2&{name}[a][b]=3",
    "{name}=&{name}=&={name}",
    "{name}",
    "&&&===&;;{name}=a;b",
    "%ff=%ff&{name}=a",
    f"{LONG}={LONG}&{{name}}=1",
]
ALLOWED = {200, 301, 302, 400, 404}


def queries(names: "list[str]", paged: bool = True) -> "list[str]":
    """Query strings against a list with these parameters."""
    found = [f"page={value}" for value in PAGES] if paged else []
    for name in names:
        found += [f"{name}={value}" for value in VALUES]
    if names:
        found += [query.replace("{name}", names[0]) for query in QUERIES]
    return found
