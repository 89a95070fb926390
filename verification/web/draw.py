"""Draws requests from an OpenAPI document: what it allows, and the same with something wrong in it. Standard library only.

Everything is drawn from a random.Random that the caller seeds, so that the same seed gives the same requests.
"""
import base64
import json
import re._constants as sre
import re._parser as regex
import string
from urllib.parse import quote

# Texts in place of a right one: other types, extremes, odd letters, what parsers stumble over.
ODD_TEXTS = ("", " ", "0", "-1", "1", "-0", "00012", "1.0", "1.5", "1e3", "1e400", "-1e400", "NaN", "Infinity", "0x10", "1_000",
             "9" * 19, "9223372036854775807", "9223372036854775808", "-9223372036854775809", "2147483648", "9" * 400, "9" * 5000,
             "0." + "0" * 400 + "1", "1e999999999", "1e-999999999", "true", "TRUE", "yes", "null", "None", "[]", "{}", "a,b",
             "2024-02-30", "2024-02-29", "0000-00-00", "99999-01-01", "+999999999-12-31", "2024-01-01T25:00:00Z",
             "2024-01-01T00:00:00+99:99", "24:00:00", "23:59:60", "P1Y", "PT1e9S", "P999999999999D", "-P1D", "PT",
             "00000000-0000-0000-0000-000000000000", "{00000000-0000-0000-0000-000000000000}", "urn:uuid:x",
             "\u0663", "\uff11", "\u00b2", "\u00e9", "e\u0301", "\u202etxt", "\ufeffx", "\U0001f600", "\U0010ffff", "\u0130", "\u00df",
             "x" * 3000, "\u0000", "a\u0000b", "a\tb", "a\nb", "a\r\nX: y", "\u001f", "\u007f", "\u0085", "\u2028", "%", "%zz", "%00", "a%2Fb",
             "/", "//", "..", "../..", "a/b", "\\", "?", "#", "&", "=", "a=b;c", "\"", "'", "<script>", "${x}", "{}", "{id}", "+", ";", "a;b=c")
ODD_VALUES = (None, True, False, 0, -1, 1, 1.5, -0.0, 1e308, 5e-324, 2 ** 31, 2 ** 63 - 1, 2 ** 63, -2 ** 63 - 1, 10 ** 400, [], {}, [[]],
              [None], {"": None}, {"a": {"b": []}}, [1, "a", None], "2024-01-01")
# Bytes in place of a body.
ODD_BODIES = (b"", b" ", b"null", b"[", b"{", b"}", b"{\"a\":}", b"\xff\xfe", b"{\"a\": \"\xc3\"}", b"\"\\ud800\"", b"{\"\\ud800\": 1}",
              b"nan", b"NaN", b"-", b"1e999999999", b"01", b"[" * 5000, b"[" * 5000 + b"]" * 5000, b"{\"a\":" * 3000, b"{} {}",
              b"\xef\xbb\xbf{}", b"{\"a\":1,\"a\":2}", b"\x00", b"a=b&a=c", b"%ff=%zz&=&&", b"9" * 5000,
              b"--x\r\n", b"--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nv\r\n--x--\r\n", b"--x--", b"{\"a\": 1e400}")
ODD_TYPES = ("", "application/json; charset=latin-1", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data",
             "multipart/form-data; boundary=x", "application/problem+json", "application/xml", ";", "a", "a/b; c=\"", "*/*")
LETTERS = string.ascii_letters + string.digits + "-_ .\u00e4\u00e9\u4e2d\U0001f600"


class Values:
    """Values that a schema allows."""

    def __init__(self, rng, document):
        self.rng, self.document = rng, document

    def resolved(self, schema):
        schema = {} if schema is True else schema
        while "$ref" in schema:
            at = self.document
            for part in schema["$ref"].split("/")[1:]:
                at = at[part]
            schema = at
        return schema

    def of(self, schema, depth=0):
        rng, s = self.rng, self.resolved(schema)
        if "const" in s:
            return s["const"]
        if "enum" in s:
            return rng.choice(s["enum"])
        if "allOf" in s:
            return self.of(s["allOf"][0], depth)
        if "anyOf" in s:
            simple = [b for b in s["anyOf"] if b.get("type") == "null"]
            return self.of(rng.choice(simple if simple and depth > 4 else s["anyOf"]), depth)
        if "oneOf" in s:
            return self.member(s, depth)
        kind = s.get("type")
        if kind is None:
            return rng.choice(ODD_VALUES[1:8])
        return getattr(self, kind)(s, depth)

    def member(self, s, depth):
        told = s.get("discriminator")
        if not told:
            return self.of(self.rng.choice(s["oneOf"]), depth)
        word, reference = self.rng.choice(sorted(told["mapping"].items()))
        return dict(self.of({"$ref": reference}, depth), **{told["propertyName"]: word})

    def null(self, s, depth):
        return None

    def boolean(self, s, depth):
        return self.rng.random() < 0.5

    def integer(self, s, depth):
        least = s.get("minimum", int(s["exclusiveMinimum"]) + 1 if "exclusiveMinimum" in s else None)
        most = s.get("maximum", -int(-s["exclusiveMaximum"]) - 1 if "exclusiveMaximum" in s else None)
        least = least if least is not None else min(-20, most - 20 if most is not None else -20)
        most = most if most is not None else max(100, least + 20)
        return self.rng.choice((int(least), int(most), self.rng.randint(int(least), int(most))))

    def number(self, s, depth):
        least = s.get("minimum", s.get("exclusiveMinimum"))
        most = s.get("maximum", s.get("exclusiveMaximum"))
        low = least if least is not None else (most - 50 if most is not None else -50)
        high = most if most is not None else low + 100
        return low + (high - low) * self.rng.choice((0.25, 0.5, 0.75))

    def string(self, s, depth):
        rng, form = self.rng, s.get("format")
        if "pattern" in s:
            return matching(s["pattern"], rng)
        day = "%04d-%02d-%02d" % (rng.randint(1, 9999), rng.randint(1, 12), rng.randint(1, 28))
        clock = "%02d:%02d:%02d" % (rng.randint(0, 23), rng.randint(0, 59), rng.randint(0, 59))
        if form == "date":
            return day
        if form == "date-time":
            return day + "T" + clock + rng.choice(("", "Z", "+02:00"))
        if form == "time":
            return clock
        if form == "duration":
            return rng.choice(("P1D", "PT%dS" % rng.randint(0, 10 ** 6), "P2DT3H", "PT0.5S"))
        if form == "uuid":
            return "%08x-%04x-4%03x-a%03x-%012x" % tuple(rng.getrandbits(n) for n in (32, 16, 12, 12, 48))
        least = s.get("minLength", 0)
        size = rng.choice((least, s.get("maxLength", least + 12), rng.randint(least, min(s.get("maxLength", least + 12), least + 12))))
        return "".join(rng.choice(LETTERS) for _ in range(size))

    def array(self, s, depth):
        least = s.get("minItems", 0)
        size = self.rng.randint(least, min(s.get("maxItems", least + 3), least + 3)) if depth < 5 else least
        out = [self.of(s.get("items", True), depth + 1) for _ in range(size)]
        if s.get("uniqueItems"):
            out = [v for i, v in enumerate(out) if v not in out[:i]]
        return out

    def object(self, s, depth):
        required, out = s.get("required", []), {}
        for name, each in s.get("properties", {}).items():
            if name in required or depth < 5 and self.rng.random() < 0.6:
                out[name] = self.of(each, depth + 1)
        more = s.get("additionalProperties")
        if isinstance(more, dict) and "properties" not in s:
            least = s.get("minProperties", 0)
            for i in range(self.rng.randint(least, min(s.get("maxProperties", least + 3), least + 3))):
                out["k%d" % i] = self.of(more, depth + 1)
        return out


def matching(pattern, rng):
    """A text that fits a regular expression of the usual parts."""
    def of(parsed):
        return "".join(one(kind, value) for kind, value in parsed)

    def one(kind, value):
        if kind is sre.LITERAL:
            return chr(value)
        if kind is sre.IN:
            kinds = [v for v in value if v[0] is not sre.NEGATE]
            if len(kinds) < len(value):
                wrong = {chr(v) for k, v in kinds if k is sre.LITERAL}
                return rng.choice([c for c in string.ascii_letters if c not in wrong])
            return one(*rng.choice(kinds))
        if kind is sre.RANGE:
            return chr(rng.randint(*value))
        if kind is sre.CATEGORY:
            return rng.choice({sre.CATEGORY_DIGIT: string.digits, sre.CATEGORY_SPACE: " "}.get(value, string.ascii_letters))
        if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            least, most, part = value
            return "".join(of(part) for _ in range(rng.randint(least, min(int(most), least + 5))))
        if kind is sre.SUBPATTERN:
            return of(value[3])
        if kind is sre.BRANCH:
            return of(rng.choice(value[1]))
        if kind is sre.ANY:
            return rng.choice(string.ascii_letters)
        if kind is sre.AT:
            return ""
        raise ValueError("no text for %s in %s" % (kind, pattern))
    return of(regex.parse(pattern))


def places(value, at=()):
    """The paths to all values within a value."""
    yield at
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in members:
        yield from places(each, at + (key,))


def mutated(value, rng):
    """The value with something wrong in one place."""
    value = json.loads(json.dumps(value))
    at = rng.choice(list(places(value)))
    odd = json.loads(json.dumps(rng.choice((rng.choice(ODD_VALUES), rng.choice(ODD_TEXTS), [value] * 3, {"a": value}))))
    if not at:
        return odd
    holder = value
    for key in at[:-1]:
        holder = holder[key]
    change = rng.randrange(4)
    if change == 0 and isinstance(holder, dict):
        del holder[at[-1]]
    elif change == 1 and isinstance(holder, dict):
        holder[rng.choice(ODD_TEXTS)] = odd
    elif change == 2 and isinstance(holder, list):
        holder *= 50
    else:
        holder[at[-1]] = odd
    return value


def text(value):
    """A value as a parameter writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value)


class Requests:
    """Requests of one operation, as client.py sends them."""

    def __init__(self, document, path, method):
        self.document, self.path, self.method = document, path, method
        self.operation = document["paths"][path][method]

    def draw(self, rng):
        """A request, and whether the document allows it."""
        values, right = Values(rng, self.document), rng.random() < 0.5
        parameters = self.operation.get("parameters", [])
        body = self.operation.get("requestBody")
        wrong = set()
        if not right:
            wrong = {rng.randrange(len(parameters) + 1) for _ in range(rng.randint(1, 2))}
        target, query, cookies, headers = quote(self.path, safe="/{}"), [], [], []
        for i, p in enumerate(parameters):
            given = [text(v) for v in self.given(p, values, rng)]
            if i in wrong:
                given = rng.choice(([], [rng.choice(ODD_TEXTS)], [rng.choice(ODD_TEXTS) for _ in range(3)], given + given))
            if p["in"] == "path":
                target = target.replace("{%s}" % quote(p["name"], safe=""), quote((given or [""])[0], safe=rng.choice(("", "/")) if i in wrong else ""))
            elif p["in"] == "query":
                query += [quote(p["name"], safe="") + "=" + quote(v, safe="") for v in given]
            elif p["in"] == "cookie":
                cookies += [p["name"] + "=" + quote(v, safe=" +/?:@,()<>[]{}") for v in given]
            else:
                headers += [[p["name"], header(v)] for v in given]
        if cookies:
            headers.append(["Cookie", "; ".join(cookies)])
        self.credentials(query, headers, right, rng)
        request = {"m": self.method.upper(), "t": target + ("?" + "&".join(query) if query else ""), "h": headers}
        if body and (body.get("required") or rng.random() < 0.9):
            data, kind = self.body(body, values, len(parameters) in wrong, rng)
            request["b"] = {"b64": base64.b64encode(data).decode()}
            headers += [["Content-Type", kind]] if kind else []
        elif len(parameters) in wrong and not body:
            request["b"] = {"b64": base64.b64encode(rng.choice(ODD_BODIES)).decode()}
            headers.append(["Content-Type", rng.choice(ODD_TYPES)])
        return request, right

    def given(self, p, values, rng):
        if not p.get("required") and rng.random() < 0.3:
            return []
        value = values.of(p.get("schema", {}))
        if value == [] and p.get("required"):    # an empty list cannot be written
            value = [values.of(values.resolved(p["schema"])["items"])]
        if p["in"] == "path" and value in ("", ".", ".."):
            value = "p"
        return value if isinstance(value, list) else [] if value is None else [value]

    def credentials(self, query, headers, right, rng):
        schemes = self.document.get("components", {}).get("securitySchemes", {})
        for name in [n for req in self.operation.get("security", []) for n in req]:
            scheme = schemes[name]
            if not right and rng.random() < 0.3:
                odd = header(rng.choice(("", "Basic", "Basic ", "Basic !!", "Basic //8=", "Basic eA==", "Bearer", "bearer  x", "Digest a") + ODD_TEXTS))
                headers.append([scheme.get("name", "Authorization") if scheme.get("in") == "header" else "Authorization", odd])
            elif scheme["type"] == "apiKey":
                if scheme["in"] == "query":
                    query.append(quote(scheme["name"], safe="") + "=key")
                else:
                    headers.append(["Cookie", scheme["name"] + "=key"] if scheme["in"] == "cookie" else [scheme["name"], "key"])
            else:
                headers.append(["Authorization", "Basic dXNlcjpwYXNz" if scheme.get("scheme") == "basic" else "Bearer token"])

    def body(self, body, values, wrong, rng):
        kind, told = rng.choice(sorted(body["content"].items()))
        value = values.of(told["schema"])
        how = rng.randrange(4) if wrong else 4
        if how == 0:
            return rng.choice(ODD_BODIES), rng.choice((kind, "multipart/form-data; boundary=x" if "multipart" in kind else kind))
        if how in (1, 2):
            value = mutated(value, rng)
        other = rng.choice(ODD_TYPES) if how == 3 else None
        if kind == "application/json":
            data = json.dumps(value, ensure_ascii=rng.random() < 0.5).encode("utf-8", "surrogatepass")
        else:
            pairs = [(k, text(v)) for k, vs in (value.items() if isinstance(value, dict) else [("", value)])
                     for v in (vs if isinstance(vs, list) else [vs]) if v is not None]
            files = {k for k, s in values.resolved(told["schema"]).get("properties", {}).items() if "binary" in json.dumps(s)}
            data = multipart(pairs, files) if "multipart" in kind else "&".join(quote(k) + "=" + quote(v) for k, v in pairs).encode()
            kind += "; boundary=kit7boundary" if "multipart" in kind else ""
        return data, kind if other is None else other


def header(value):
    """The value without what ends a header or is none: that is another test's."""
    return re_encoded("".join(c for c in value if c >= " " and c != "\x7f").strip())


def re_encoded(value):
    return value.encode("utf-8").decode("latin-1")[:2000]


def multipart(pairs, files):
    out = b""
    for name, value in pairs:
        quoted = name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A")
        out += ("--kit7boundary\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n" % (
            quoted, "; filename=\"f.bin\"\r\nContent-Type: application/octet-stream" if name in files else "")).encode()
        out += value.encode() + b"\r\n"
    return out + b"--kit7boundary--\r\n"
