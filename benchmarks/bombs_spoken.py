"""Bombs of text: banks' messages, chains, tags, networks, JSON, questions, forms. See bombs_made.py."""

import json

from benchmarks import bombs_bytes as b
from benchmarks.bombs_bytes import MIB
from benchmarks.bombs_made import bomb, said

# --- banks, chains, tags -------------------------------------------------------------------------

CAMT = b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.029.001.09">'
FIN = b"{1:F01BANKXAXXAXXX0000000000}{2:I196BANKXBXXXXXXN}{4:"
bomb("bank message", "a billion laughs", b.laughs)
bomb("bank message", "one long entity, named 100,000 times", b.quadratic)
bomb("bank message", "an entity that is a file of the server", lambda: b.outside("file:///etc/passwd"))
bomb("bank message", "an entity that is on another machine", lambda: b.outside("http://127.0.0.1:9/x.dtd"))
bomb(
    "bank message", "elements 200,000 deep", lambda: CAMT + b.deep(200_000, b"<a>", b"</a>") + b"</Document>"
)
bomb("bank message", "a million elements side by side", lambda: CAMT + b"<a/>" * 1_000_000 + b"</Document>")
bomb(
    "bank message",
    "an element with 200,000 attributes",
    lambda: CAMT + b"<a " + b" ".join(b'a%d="1"' % n for n in range(200_000)) + b"/></Document>",
)
bomb(
    "bank message",
    "an element whose name is nine megabytes",
    lambda: CAMT + b"<" + b"a" * (9 * MIB) + b"/></Document>",
)
bomb("bank message", "ten megabytes of FIN blocks", lambda: b"{1:F01" + b"{" * (9 * MIB))
bomb(
    "bank message",
    "a FIN field of nine megabytes",
    lambda: FIN + b"\r\n:20:" + b"A" * (9 * MIB) + b"\r\n-}",
)
bomb(
    "bank message",
    "a FIN message of 900,000 fields",
    lambda: FIN + b"\r\n:20:A" * 900_000 + b"\r\n-}",
)
bomb("payments", "a billion laughs in JSON", lambda: said(message=b.laughs().decode()))
bomb(
    "pasted payment",
    "an amount of 190,000 digits",
    lambda: said(
        text=(
            "{1:F01BANKXAXXAXXX0000000000}{2:I103BANKXBXXXXXXN}{4:\r\n:20:R1\r\n:23B:CRED\r\n:32A:260101EUR"
            + "9" * 190_000
            + ",\r\n:50K:/1\r\nA\r\n:59:/2\r\nB\r\n:71A:SHA\r\n-}"
        )
    ),
)
bomb(
    "transfers",
    "a statement (camt.053) with a billion laughs",
    lambda: b.laughs(
        around=b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">&l9;</Document>'
    ),
)
bomb("transfers", "transactions of a chain 100,000 lists deep", lambda: b.deep(100_000, b"[", b"]"))
bomb(
    "transfers",
    "amounts with exponents of a hundred million",
    lambda: b"from,to,amount,currency,date\n" + b"A,B,1e100000000,EUR,2025-01-01\n" * 2_000,
)
bomb(
    "transfers",
    "an amount of four million digits",
    lambda: b"from,to,amount,currency,date\nA,B," + b"9" * 4_000_000 + b",EUR,2025-01-01\n",
)
bomb("transfers", "a row of two million commas", lambda: b"from,to,amount,currency,date\n" + b"," * 2_000_000)
bomb("transfers", "a zip sent as a table", lambda: b.nested(1, 4))
bomb(
    "tags",
    "YAML with a billion laughs",
    lambda: said(
        pack="a: &l0 [x,x,x,x,x,x,x,x,x,x]\n"
        + "".join(f"l{n}: &l{n} [{','.join([f'*l{n - 1}'] * 10)}]\n" for n in range(1, 10))
        + "tags: *l9\n"
    ),
)
bomb("tags", "YAML 100,000 lists deep", lambda: said(pack="tags: " + "[" * 100_000))
bomb(
    "tags",
    "YAML with a tag of Python",
    lambda: said(pack="tags: !!python/object/apply:os.system ['true']\n"),
    answer="told",
)
bomb("tags", "YAML that names itself", lambda: said(pack="tags: &a [*a, *a, *a]\n"))
bomb("tags", "a million open braces", lambda: said(pack="title: x\ntags:\n" + "- {a: " * 300_000))

# --- images' lists, networks ---------------------------------------------------------------------

VICS = (
    b'{"@odata.context":"http://github.com/VICSDATAMODEL/ProjectVic/DataModels/2.0.xml/US/$metadata#Media",'
    b'"value":['
)
bomb("images", "VICS 100,000 objects deep", lambda: VICS + b.deep(100_000, b'{"Media":['))
bomb("images", "VICS whose text never ends", lambda: VICS + b'{"MediaID":1,"MD5":"' + b"a" * (40 * MIB))
bomb(
    "images",
    "VICS with a number of ten million digits",
    lambda: VICS + b'{"MediaID":' + b"9" * (10 * MIB) + b"}]}",
)
bomb("images", "VICS with a name of twenty megabytes", lambda: VICS + b'{"' + b"a" * (20 * MIB) + b'":1}]}')
bomb("images", "a film sent as a list", lambda: b"\0\0\0\x18ftypmp42" + b"\0" * MIB)
bomb("images", "42.zip sent as a list", lambda: b.nested(1, 4))
bomb("images", "ICSE's CSV with two million commas", lambda: b"MD5,SHA1\n" + b"," * 2_000_000, answer="told")
bomb(
    "network",
    "GraphML with a billion laughs",
    lambda: b.laughs(around=b"<graphml>&l9;</graphml>"),
    query="format=graphml",
    answer="told",
)
bomb(
    "network",
    "GraphML 200,000 graphs deep",
    lambda: b.deep(200_000, b"<graph>", b"</graph>"),
    query="format=graphml",
    answer="told",
)
bomb(
    "network",
    "an ANX chart with an entity of the server",
    lambda: b.outside("file:///etc/passwd"),
    query="format=anx",
    answer="told",
)
bomb(
    "network",
    "an ANX chart with 16 megabytes of attributes",
    lambda: b"<Chart " + b" ".join(b'a%d="1"' % n for n in range(300_000)) + b"/>",
    query="format=anx",
    answer="harmless",
)
bomb(
    "network",
    "FtM lines 100,000 lists deep",
    lambda: b'{"id":"a","schema":"Person","properties":{"name":' + b.deep(100_000, b"[", b"]") + b"}}",
    query="format=ftm",
    answer="told",
)
bomb(
    "network",
    "an FtM line of fifteen megabytes",
    lambda: b'{"id":"a","schema":"Person","properties":{"name":["' + b"a" * (15 * MIB) + b'"]}}',
    query="format=ftm",
    answer="told",
)
bomb(
    "network",
    "FtM lines with a number of a million digits",
    lambda: b'{"id":' + b"9" * MIB + b"}",
    query="format=ftm",
    answer="told",
)
bomb(
    "network",
    "edges with two million commas",
    lambda: b"from,to,type\n" + b"," * 2_000_000,
    query="format=csv",
    answer="told",
)

# --- attachments, evidence -----------------------------------------------------------------------

bomb("attachment", "42.zip as a document", lambda: b.nested(1), query="name=a.docx")
bomb(
    "attachment",
    "a document of 100,000 entries",
    lambda: b.sharing(100_000, b.deflated(0), 0, "word/{}.xml"),
    query="name=a.docx",
)
bomb("attachment", "a program sent as PDF", lambda: b"MZ" + b"\0" * MIB, query="name=a.pdf")
bomb("attachment", "an archive under its own name", lambda: b.nested(1, 2), query="name=a.zip")
bomb(
    "attachment", "a name that climbs out, 4,000 times", lambda: b"x", query="name=" + "../" * 4_000 + "a.txt"
)
bomb(
    "attachment",
    "more than an attachment may have",
    lambda: b"%PDF-" + b"a" * (10 * MIB + 1),
    query="name=a.pdf",
)
bomb("evidence", "a PDF that is a zip", lambda: b.nested(1, 4))
bomb("evidence", "a PDF of twenty-five megabytes of another hash", lambda: b"%PDF-1.7\n" + b"a" * (24 * MIB))

# --- JSON, questions, forms ----------------------------------------------------------------------

bomb("question", "JSON 100,000 lists deep", lambda: b.deep(100_000, b"[", b"]"))
bomb("question", "JSON 500,000 objects deep, never closed", lambda: b.deep(170_000, b'{"a":'))
bomb(
    "question",
    "JSON with a number of a million digits",
    lambda: b'{"text":"Ivo","limit":' + b"9" * 1_000_000 + b"}",
)
bomb("question", "JSON with an exponent of 999,999,999", lambda: b'{"text":"Ivo","limit":1e999999999}')
bomb("question", "JSON in UTF-16", lambda: '{"text":"Ivo"}'.encode("utf-16") * 1_000)
bomb(
    "question",
    "keys that fall in one place of a table",
    lambda: json.dumps({str(n): 1 for n in b.colliding(40_000)}).encode(),
)
bomb(
    "question", "100,000 unknown fields", lambda: json.dumps({f"field{n}": n for n in range(60_000)}).encode()
)
bomb("question", "a question of a megabyte", lambda: said(text="Ivo " * 250_000))
bomb("question", "more JSON than the address takes", lambda: b'{"text":"' + b"a" * (40 * MIB) + b'"}')
bomb(
    "record", "a record of 200,000 names", lambda: said(kind="Person", properties={"name": ["Ivo"] * 100_000})
)
bomb(
    "record",
    "a record of signs that join without end",
    lambda: said(kind="Person", properties={"name": ["a" + "\u0301" * 400_000]}),
)
bomb("typed check", "a zone of a million signs", lambda: said(lines=["P<UTO" + "<" * 900_000]))
bomb("typed check", "a zone of 100,000 lines", lambda: said(lines=["P<UTO"] * 100_000))
bomb(
    "message",
    "an attachment named 100,000 times",
    lambda: said(to=["XB"], subject="a", text="a", attachments=["0" * 32] * 25_000),
)
bomb("message", "a text of nothing but quotes", lambda: said(to=["XB"], subject="a", text="> " * 450_000))
bomb(
    "sealed",
    "an envelope for 20,000 bureaus",
    lambda: said(header="a", wraps={f"{n:04}": "a" for n in range(20_000)}),
)
bomb("report", "a report of 100,000 blocks", lambda: said(title="a", blocks=[{"text": "*" * 5}] * 40_000))
bomb(
    "question page", "a form of 100,000 fields", lambda: "&".join(f"a{n}=1" for n in range(100_000)).encode()
)
bomb(
    "question page",
    "a form of a million signs to unquote",
    lambda: b"text=" + b"%F0" * 300_000,
    answer="harmless",
)
