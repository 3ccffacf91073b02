package dev.allclear.agent.importer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecordingTest {
  private static final String JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.dBjftJeZ4CVP";
  private static final String CSRF = "2ad410e7b73f0d7f4614bc7bac63a54d";

  @TempDir private Path folder;

  @Test
  void isAWholeConfigWithComments() throws BadImport, IOException {
    Imported imported =
        imported(
            """
            GET https://shop.example/login document
            > User-Agent: Mozilla/5.0
            > Accept-Encoding: br
            > sec-ch-ua: "Chromium"
            < 200 text/html; charset=utf-8
            < Set-Cookie: sid=8f14e45fceea167a5a36; path=/
            << <!DOCTYPE html><title>Log in</title>
            << <form method=post><input type="hidden" name="csrf" value="2ad410e7b73f0d7f4614bc7bac63a54d">
            GET https://shop.example/app.js script
            < 200 text/javascript
            POST https://shop.example/login document
            > Origin: https://shop.example
            > Cookie: sid=8f14e45fceea167a5a36
            > Content-Type: application/x-www-form-urlencoded
            >> user=ada&password=love+lace&csrf=2ad410e7b73f0d7f4614bc7bac63a54d
            < 302
            < Location: /home
            GET https://shop.example/home document
            < 200 text/html
            << <title>Hello</title>
            GET https://stats.tracker.example/c?x=1 xhr
            < 200 application/json
            << {}
            """);

    assertEquals(
        """
        # Made of a browser's recording: 3 of its 5 requests.
        #   check it:  allclear check shop.yaml
        #   run it:    allclear probe shop --config shop.yaml
        # Before that, export the secrets in it:
        #   export PASSWORD='…'
        # Left out:
        #   1 images, fonts, style sheets, scripts and the like
        #   1 to other hosts, of which no step needs anything: stats.tracker.example (1)

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
              - name: Log in
                get: /login
                expect: {status: 200, header: {Content-Type: text/html}, css: {title: Log in}}
                capture: {csrf: {css: 'input[name="csrf"]', attribute: value, secret: true}}
              - name: post /login
                post: /login
                headers: {Origin: "https://shop.example"}
                form: {user: ada, password: "${env:PASSWORD}", csrf: "${csrf}"}
                expect: {status: 302, header: {Location: {matches: "^(https?://[^/]*)?/home([?#]|$)"}}}
                capture: {next: {redirect: location}}
              - name: Hello
                get: "${next}"
                expect: {status: 200, header: {Content-Type: text/html}, css: {title: Hello}}
        """,
        imported.yaml());
    assertEquals(3, imported.steps());
    assertEquals(List.of("PASSWORD"), imported.environment());
  }

  @Test
  void tokensOfJsonAnswersAreCapturedAndSent() throws BadImport, IOException {
    assertSteps(
        """
        POST https://api.shop.example/token
        > Content-Type: application/json; charset=utf-8
        >> {"client_id":"web","client_secret":"hush","n":1.5,"on":true,"no":null,"tags":["a b"]}
        < 200 application/json
        << {"data":{"access-token":"%1$s"},"user":{"id":42}}
        GET https://api.shop.example/users/42/orders?limit=10
        > Authorization: Bearer %1$s
        > Accept: application/json
        < 200 application/json
        << []
        """
            .formatted(JWT),
        """
        - name: post /token
          post: /token
          json:
            client_id: web
            client_secret: "${env:CLIENT_SECRET}"
            n: 1.5
            "on": true
            "no": null
            tags: [a b]
          expect: {status: 200, header: {Content-Type: application/json}}
          capture: {users: {json: $.user.id}, token: {json: "$.data['access-token']", secret: true}}
        - name: get /users/…/orders
          get: "/users/${users}/orders"
          query: {limit: "10"}
          headers: {Accept: application/json}
          bearer: "${token}"
          expect: {status: 200, header: {Content-Type: application/json}}
        """);
  }

  @Test
  void aNumberThatAnAnswerGaveIsSentAsANumber() throws BadImport, IOException {
    assertSteps(
        """
        POST https://shop.example/carts
        < 201 application/json
        << {"cartId":9007}
        POST https://shop.example/pay
        > Content-Type: application/json
        >> {"cartId":9007,"note":"a \\"b\\""}
        < 204
        """,
        """
        - name: post /carts
          post: /carts
          expect: {status: 201, header: {Content-Type: application/json}}
          capture: {cart-id: {json: $.cartId}}
        - name: post /pay
          post: /pay
          headers: {Content-Type: application/json}
          text: '{"cartId":${cart-id},"note":"a \\"b\\""}'
          expect: {status: 204}
        """);
  }

  @Test
  void theAddressOfAFormIsCapturedWhereItChanges() throws BadImport, IOException {
    assertSteps(
        """
        GET https://id.example/realms/shop/auth?client_id=web document
        < 200 text/html
        << <title>Sign in</title><form id="kc-form-login" action="https://id.example/do?session_code=Zk3&amp;execution=7b0c1ad4-36ef-4f0a-9a52-3b1ea2fb1b11" method="post">
        << <input name="u"><input type='password' name='p'></form>
        POST https://id.example/do?session_code=Zk3&execution=7b0c1ad4-36ef-4f0a-9a52-3b1ea2fb1b11 document
        > Content-Type: application/x-www-form-urlencoded
        >> u=ada&p=x
        < 200 text/html
        << <title>Hello (3)</title><a class="out" href="/logout?tab=7b0c1ad4-36ef-4f0a-9a52-3b1ea2fb1b12">
        GET https://id.example/logout?tab=7b0c1ad4-36ef-4f0a-9a52-3b1ea2fb1b12 document
        < 200 text/html
        """,
        """
        - name: Sign in
          get: /realms/shop/auth
          query: {client_id: web}
          expect: {status: 200, header: {Content-Type: text/html}, css: {title: Sign in}}
          capture: {action: {css: 'form[id="kc-form-login"]', attribute: action, secret: true}}
        - name: post /do
          post: "${action}"
          form: {u: ada, p: "${env:PASSWORD}"}
          expect: {status: 200, header: {Content-Type: text/html}}
          capture: {href: {css: 'a[class="out"]', attribute: href, secret: true}}
        - name: get /logout
          get: "https://id.example${href}"
          expect: {status: 200, header: {Content-Type: text/html}}
        """);
  }

  @Test
  void redirectsOfWhatOnlyReadsAreFollowed() throws BadImport, IOException {
    assertSteps(
        """
        GET https://shop.example/ document
        < 302
        < Location: /home?lang=en
        GET https://shop.example/home?lang=en document
        < 200 text/html
        """,
        """
        # Redirected to /home.
        - name: get /
          get: /
          redirects: follow
          expect: {status: 200, header: {Content-Type: text/html}}
        """);
  }

  @Test
  void redirectsAreStepsWhereALaterStepNeedsWhatTheyHold() throws BadImport, IOException {
    assertSteps(
        """
        GET https://id.example/authorize?state=Qm9yZWQtMTIzNDU2Nzg5MA&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM document
        < 302
        < Location: https://app.example/callback?code=SplxlOBeZQQYbYS6WxSbIA&state=Qm9yZWQtMTIzNDU2Nzg5MA
        GET https://app.example/callback?code=SplxlOBeZQQYbYS6WxSbIA&state=Qm9yZWQtMTIzNDU2Nzg5MA document
        < 200 text/html
        POST https://id.example/token xhr
        > Origin: https://app.example
        > Content-Type: application/x-www-form-urlencoded
        >> grant_type=authorization_code&code=SplxlOBeZQQYbYS6WxSbIA&code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk
        < 200 application/json
        << {}
        """,
        """
        # `state` was in no answer: a constant, or the page's script made it up, as ${random-string(22)} would
        # `code_challenge` and `code_verifier` are the recorded pair; they belong together.
        - name: get /authorize
          get: /authorize
          query:
            state: Qm9yZWQtMTIzNDU2Nzg5MA
            code_challenge: E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM
          expect: {status: 302, header: {Location: {matches: "^(https?://[^/]*)?/callback([?#]|$)"}}}
          capture:
            code: {redirect: location, regex: "[?&#]code=([^&#]+)", secret: true}
            next: {redirect: location, secret: true}
        - name: get app.example/callback
          get: "${next}"
          expect: {status: 200, header: {Content-Type: text/html}}
        # `code_challenge` and `code_verifier` are the recorded pair; they belong together.
        - name: post /token
          post: /token
          headers: {Origin: "https://app.example"}
          form:
            grant_type: authorization_code
            code: "${code}"
            code_verifier: dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk
          expect: {status: 200, header: {Content-Type: application/json}}
        """);
  }

  @Test
  void identifiersAreTakenFromTheRedirectThatGaveThem() throws BadImport, IOException {
    assertSteps(
        """
        POST https://shop.example/orders document
        < 303
        < Location: /orders/1017
        GET https://shop.example/orders/1017 document
        < 200 text/html
        DELETE https://shop.example/orders/1017 xhr
        < 204
        """,
        """
        - name: post /orders
          post: /orders
          expect: {status: 303}
          capture:
            orders: {redirect: location, regex: "/orders/([^/?#]+)"}
            next: {redirect: location}
        - name: get /orders/…
          get: "${next}"
          expect: {status: 200, header: {Content-Type: text/html}}
        - name: delete /orders/…
          delete: "/orders/${orders}"
          expect: {status: 204}
        """);
  }

  @Test
  void otherPlacesOfAnAnswerGiveTokensToo() throws BadImport, IOException {
    assertSteps(
        """
        GET https://shop.example/ document
        < 200 text/html
        < X-Nonce: n0nce-2f9c1a7e5b3d8064
        < Set-Cookie: XSRF-TOKEN=c00kie-9a8b7c6d5e4f3021; path=/
        << <meta name="csrf-token" content="%s">
        << <script>window.boot = {"apiKey": "k3y-0f1e2d3c4b5a6978aa"};</script>
        PUT https://shop.example/cart xhr
        > X-CSRF-Token: %1$s
        > X-Nonce: n0nce-2f9c1a7e5b3d8064
        > X-XSRF-TOKEN: c00kie-9a8b7c6d5e4f3021
        > X-Boot: k3y-0f1e2d3c4b5a6978aa
        < 200
        """
            .formatted(CSRF),
        """
        - name: get /
          get: /
          expect: {status: 200, header: {Content-Type: text/html}}
          capture:
            csrf-token: {css: 'meta[name="csrf-token"]', attribute: content, secret: true}
            nonce: {header: X-Nonce, secret: true}
            xsrf-token: {cookie: XSRF-TOKEN, secret: true}
            boot: {regex: 'apiKey": "([\\w-]+)', secret: true}
        - name: put /cart
          put: /cart
          headers:
            X-CSRF-Token: "${csrf-token}"
            X-Nonce: "${nonce}"
            X-XSRF-TOKEN: "${xsrf-token}"
            X-Boot: "${boot}"
          expect: {status: 200}
        """);
  }

  @Test
  void cookiesThatNoAnswerSetComeFromTheEnvironment() throws BadImport, IOException {
    assertSteps(
        """
        GET https://shop.example/ document
        > Cookie: sid=8f14e45fceea; theme=dark; _ga=GA1.2.3.4
        < 200 text/html
        < Set-Cookie: seen=1; path=/
        GET https://shop.example/cart document
        > Cookie: seen=1
        < 304
        """,
        """
        # No answer of the recording sets these cookies.
        - name: get /
          get: /
          cookies: {sid: "${env:COOKIE_SID}", theme: dark}
          expect: {status: 200, header: {Content-Type: text/html}}
        - name: get /cart
          get: /cart
          expect: {status: 200}
        """);
  }

  @Test
  void keepsWhatOtherHostsGave() throws BadImport, IOException {
    String yaml =
        imported(
                """
                GET https://shop.example/ document
                < 200 text/html
                POST https://login.vendor.example/session xhr
                < 200 application/json
                << {"jwt":"%1$s"}
                GET https://ads.example/ad xhr
                < 200 application/json
                GET https://api.shop.example/me xhr
                > Authorization: Bearer %1$s
                < 200 application/json
                """
                    .formatted(JWT))
            .yaml();

    assertTrue(yaml.contains("post: \"https://login.vendor.example/session\""), yaml);
    assertTrue(yaml.contains("capture: {token: {json: $.jwt, secret: true}}"), yaml);
    assertFalse(yaml.contains("get: \"https://ads.example"), yaml);
    assertTrue(
        yaml.contains("#   1 to other hosts, of which no step needs anything: ads.example (1)"),
        yaml);
  }

  @Test
  void leavesOutWhatIsNoStep() throws BadImport, IOException {
    String yaml =
        imported(
                """
                GET https://shop.example/ document
                < 200 text/html
                GET https://shop.example/favicon.ico
                < 404 text/html
                GET https://shop.example/logo
                < 200 image/png
                GET https://shop.example/jobs/1 xhr
                < 200 application/json
                GET https://shop.example/jobs/1 xhr
                < 200 application/json
                GET wss://shop.example/live websocket
                < 101
                GET https://shop.example/events
                < 200 text/event-stream
                POST https://shop.example/aborted xhr
                < 0
                OPTIONS https://shop.example/cart
                > Access-Control-Request-Method: PUT
                < 204
                POST https://shop.example/beat ping
                < 204
                """)
            .yaml();

    assertTrue(
        yaml.contains(
            """
            # Left out:
            #   2 images, fonts, style sheets, scripts and the like
            #   2 beacons, reports and preflights, which browsers send by themselves
            #   2 WebSockets and event streams, which do not end
            #   1 that had no answer
            #   1 that asked again for what the step before had asked
            """),
        yaml);
    assertTrue(yaml.startsWith("# Made of a browser's recording: 2 of its 10 requests."), yaml);
  }

  @Test
  void bodiesOfEveryKind() throws BadImport, IOException {
    assertSteps(
        """
        POST https://shop.example/graphql
        > Content-Type: application/json
        >> {"operationName":"Me","query":"query Me($n: Int) { me(n: $n) { id } }","variables":{"n":1}}
        < 200 application/json
        POST https://shop.example/twice
        > Content-Type: application/x-www-form-urlencoded
        >> a=1&a=2&secret=q%26x
        < 200
        PROPFIND https://shop.example/dav
        > Content-Type: text/xml
        >> <a>${b}</a>
        < 207 text/xml
        """,
        """
        - name: post /graphql
          post: /graphql
          graphql: {query: "query Me($n: Int) { me(n: $n) { id } }", variables: {n: 1}, operation: Me}
          expect: {status: 200, header: {Content-Type: application/json}}
        - name: post /twice
          post: /twice
          headers: {Content-Type: application/x-www-form-urlencoded}
          text: "a=1&a=2&secret=${url(env:SECRET)}"
          expect: {status: 200}
        - name: propfind /dav
          method: PROPFIND
          url: /dav
          headers: {Content-Type: text/xml}
          text: "<a>$${b}</a>"
          expect: {status: 207, header: {Content-Type: text/xml}}
        """);
  }

  @Test
  void uploadsNameTheFileThatIsNeeded() throws BadImport, IOException {
    assertSteps(
        """
        POST https://shop.example/upload
        > Content-Type: multipart/form-data; boundary=X
        >> --X|Content-Disposition: form-data; name="note"||hello|--X|Content-Disposition: form-data;
        >> name="up"; filename="a.png"|Content-Type: image/png||...|--X--|
        < 200
        """,
        """
        # Put the file `a.png` beside this one.
        - name: post /upload
          post: /upload
          multipart: {note: hello, up: {file: a.png, type: image/png}}
          expect: {status: 200}
        """);
  }

  @Test
  void timesAreThoseOfTheRun() throws BadImport, IOException {
    long recorded = HarText.BEGIN.getEpochSecond();
    assertSteps(
        """
        GET https://shop.example/a?_=%d000&since=%d&other=1111111111
        < 200
        """
            .formatted(recorded, recorded),
        """
        - name: get /a
          get: /a
          query:
            "_": "${now('0s', 'epoch-ms')}"
            since: "${now('0s', 'epoch')}"
            other: "1111111111"
          expect: {status: 200}
        """);
  }

  @Test
  void credentialsOfTheBrowserAreSecret() throws BadImport, IOException {
    assertSteps(
        """
        GET https://shop.example/a
        > Authorization: Basic YWRhOmxvdmVsYWNl
        < 200
        GET https://shop.example/b
        > Authorization: Bearer abc
        > X-Api-Key: lovelace
        < 200
        GET https://shop.example/c?x=lovelace
        > Authorization: Digest username="ada"
        < 401
        """,
        """
        - name: get /a
          get: /a
          basic: {user: ada, password: "${env:PASSWORD}"}
          expect: {status: 200}
        - name: get /b
          get: /b
          headers: {X-Api-Key: "${env:PASSWORD}"}
          bearer: "${env:TOKEN}"
          expect: {status: 200}
        - name: get /c
          get: /c
          query: {x: "${env:PASSWORD}"}
          headers: {Authorization: "${env:AUTHORIZATION}"}
          expect: {status: 401}
        """);
  }

  @Test
  void isTheSameEachTime() throws BadImport, IOException {
    String text = "GET https://shop.example/ document\n< 200 text/html";

    assertEquals(imported(text), imported(text));
  }

  private Imported imported(String exchanges) throws BadImport, IOException {
    return HarText.recording(folder, exchanges).journey("shop", "shop.yaml");
  }

  private void assertSteps(String exchanges, String steps) throws BadImport, IOException {
    String yaml = imported(exchanges).yaml();
    assertEquals(steps, yaml.substring(yaml.indexOf("    steps:\n") + 11).indent(-6));
  }
}
