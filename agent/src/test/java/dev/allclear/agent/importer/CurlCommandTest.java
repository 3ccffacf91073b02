package dev.allclear.agent.importer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CurlCommandTest {
  @Test
  void isAWholeConfig() throws BadImport {
    Imported imported =
        CurlCommand.parse("curl -u ada:lovelace https://shop.example/orders?open=1")
            .journey("shop", "shop.yaml");

    assertEquals(
        """
        # Made of a curl command.
        #   check it:  allclear check shop.yaml
        #   run it:    allclear probe shop --config shop.yaml
        # Before that, export the secrets in it:
        #   export PASSWORD='…'

        services:
          shop:
            rto: 5m                     # from onset to verified
            verify: {journeys: [shop]}

        journeys:
          shop:
            every: 1m
            deadline: 20s
            base: "https://shop.example"
            steps:
              - name: get /orders
                get: /orders
                query: {open: "1"}
                basic: {user: ada, password: "${env:PASSWORD}"}
                expect: {status: 2xx}
        """,
        imported.yaml());
    assertEquals(List.of("PASSWORD"), imported.environment());
    assertEquals(1, imported.steps());
  }

  /// What follows the step's name, and comes before what it expects.
  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '~',
      textBlock =
          """
          curl a.example               → get: /
          /usr/bin/curl -sS a.example  → get: /
          --url a.example              → get: /
          curl -I http://a.example/x   → head: /x
          curl -XDELETE a.example      → delete: /
          curl -X PURGE a.example      → method: PURGE;url: /
          curl -d x=1 -d y=a+b a.example → post: /;form: {x: "1", y: a b}
          curl -sd x=1 a.example       → post: /;form: {x: "1"}
          curl -X PUT -d x=1 a.example → put: /;form: {x: "1"}
          curl --data x a.example      → post: /;headers: {Content-Type: application/x-www-form-urlencoded};text: x
          curl -d @f.json -H 'Content-Type: application/json' a.example → post: /;headers: {Content-Type: application/json};file: f.json
          curl --data-binary @b a.example → post: /;headers: {Content-Type: application/x-www-form-urlencoded};file: b
          curl --data-raw @b a.example → post: /;headers: {Content-Type: application/x-www-form-urlencoded};text: "@b"
          curl --data-urlencode 'q=a&b' a.example → post: /;form: {q: "a&b"}
          curl --data-urlencode '=a b' a.example → post: /;headers: {Content-Type: application/x-www-form-urlencoded};text: "a+b"
          curl -G -d q=1 --data-urlencode 'z=a b' a.example?y=0 → get: /;query: {y: "0", q: "1", z: a b}
          curl --json '{"a":[1,null]}' a.example → post: /;headers: {Accept: application/json};json: {a: [1, null]}
          curl -F a=b -F 'f=@x.png;type=image/png' a.example → post: /;multipart: {a: b, f: {file: x.png, type: image/png}}
          curl --form-string a=@b a.example → post: /;multipart: {a: "@b"}
          curl -H 'X-A: 1' -H 'X-B;' -H 'X-C:' -H 'User-Agent: x' a.example → get: /;headers: {X-A: "1", X-B: ""}
          curl -H 'Authorization: Bearer t0k' a.example → get: /;bearer: "${env:TOKEN}"
          curl --oauth2-bearer t0k a.example → get: /;bearer: "${env:TOKEN}"
          curl -H 'X-Api-Key: k' a.example → get: /;headers: {X-Api-Key: "${env:API_KEY}"}
          curl -A me -e http://b/ a.example → get: /;headers: {User-Agent: me, Referer: "http://b/"}
          curl -b 'lang=en; sid=1' a.example → get: /;cookies: {lang: en, sid: "${env:COOKIE_SID}"}
          curl -L --compressed --http2 a.example → get: /;redirects: follow
          curl -m 2.5 a.example → get: /;timeout: 2500ms
          curl --max-time 30 a.example → get: /;timeout: 30s
          curl -x p.example:3128 a.example → get: /;proxy: "http://p.example:3128"
          curl -x http://u:pw@p.example a.example → get: /;proxy: "http://u:${env:PROXY_PASSWORD}@p.example"
          curl --cacert ca.pem -E me.pem --key me.key https://a.example → get: /;tls: {ca: ca.pem, certificate: me.pem, key: me.key}
          curl --http1.1 a.example → get: /;http: "1.1"
          curl --http2-prior-knowledge a.example → get: /;http: h2c
          curl --http2-prior-knowledge https://a.example → get: /;http: "2"
          curl --connect-to ::192.0.2.1:8443 https://a.example → get: /;connect-to: "192.0.2.1:8443"
          curl --connect-to a.example:443:b.example: https://a.example → get: /;connect-to: b.example
          curl --connect-to a.example:443:[::1]:8443 https://a.example → get: /;connect-to: "[::1]:8443"
          curl --resolve a.example:443:192.0.2.1,192.0.2.2 https://a.example → get: /;connect-to: "192.0.2.1"
          curl http://ada:lovelace@a.example → get: /;basic: {user: ada, password: "${env:PASSWORD}"}
          curl 'a.example/${b}?c=${d}' → get: "/$${b}";query: {c: "$${d}"}
          """)
  void turnsOptionsIntoKeys(String command, String keys) throws BadImport {
    String yaml = CurlCommand.parse(command).journey("a", "a.yaml").yaml();
    String step =
        yaml.substring(yaml.indexOf("- name:"))
            .lines()
            .skip(1)
            .map(String::strip)
            .filter(line -> !line.startsWith("expect:"))
            .reduce("", (above, line) -> above.isEmpty() ? line : above + ";" + line);

    assertEquals(keys, step);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '~',
      textBlock =
          """
          curl -k https://a.example → -k: a journey trusts no certificate unseen; for one of your own, write tls: {ca: ca.pem}
          curl -b jar.txt a.example → -b jar.txt: cookies of a file are not read; write `cookies:`
          curl -d @f a.example → -d @f: curl leaves out the line breaks of the file, a journey sends them
          curl -E me.pem:pw a.example → -E: a key with a password is not supported; write one without
          curl -F f=@x.png a.example → Put the file `x.png` beside this one.
          curl -X GET -d x=1 a.example → This request had a body, which no GET of a journey has.
          """)
  void commentsOnWhatCannotBeSaid(String command, String comment) throws BadImport {
    String yaml = CurlCommand.parse(command).journey("a", "a.yaml").yaml();

    assertEquals(
        List.of("# " + comment),
        yaml.lines().skip(5).map(String::strip).filter(line -> line.startsWith("# ")).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '~',
      textBlock =
          """
          curl                       → there is no URL in the command
          curl a b                   → a second URL, `b`; give one request at a time
          curl ftp://a               → `ftp://a` is no URL of http or https
          curl http:///a             → `http:///a` is no URL of http or https
          curl --retry 3 a           → curl's `--retry` is not known here; remove it, and look whether the journey still does what the command did
          curl -sZ a                 → curl's `-Z` is not known here; remove it, and look whether the journey still does what the command did
          curl a -H                  → `-H` has no value; was the command cut off?
          curl a -H x                → `x` is no header; write NAME: VALUE
          curl a -H @x               → headers of a file, `@x`; write them out, each with -H
          curl a -m soon             → `soon` is no number of seconds
          curl a -F x                → `-F x` has no name; write NAME=VALUE
          curl a -F 'x=<y'           → `-F x=<y`: a file's content; write it out
          curl a -F x=y -d z         → `-d`: a body is a form of `-F` or data of `-d`, not both
          curl a -d @x -d y          → `-d`: a body is a file or is written out, not both
          curl a -d @-               → `-d @-`: a journey has no input; name a file
          curl a --data-urlencode @x → `--data-urlencode @x`: a file's content; write it out
          curl a --connect-to b      → `b` names no place to connect to
          curl ^"http://a^"          → this command is for Windows; copy it as cURL (bash) instead
          """)
  void refusesWhatItDoesNotUnderstand(String command, String message) {
    BadImport refusal = assertThrows(BadImport.class, () -> CurlCommand.parse(command));

    assertEquals(message, refusal.getMessage());
  }
}
