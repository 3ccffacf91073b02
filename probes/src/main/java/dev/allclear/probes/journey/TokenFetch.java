package dev.allclear.probes.journey;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.expect.Answer;
import dev.allclear.probes.expect.Document;
import dev.allclear.probes.http.Limit;
import dev.allclear.probes.http.Link;
import dev.allclear.probes.http.Question;
import dev.allclear.probes.http.Transmission;
import dev.allclear.probes.journey.TokenSource.Token;
import dev.allclear.probes.template.Mask;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One request for an access token (RFC 6749 section 5). Used on the run's thread.
final class TokenFetch {

  /// A token that is about to expire would do so on its way.
  private static final Duration MOST_MARGIN = Duration.ofSeconds(30);

  private static final Duration LONGEST_LIFE = Duration.ofDays(365);

  private final Grant grant;
  private final Session session;
  private final Mask mask;
  private final Moment begin;
  private final Link link;
  private final Transmission transmission;
  private @Nullable String refreshToken;
  private @Nullable Token token;

  /// @param refreshToken to be used instead of the grant's own
  TokenFetch(Grant grant, @Nullable String refreshToken, Session session, Link link, Limit limit) {
    this.grant = grant;
    this.refreshToken = refreshToken;
    this.session = session;
    this.link = link.elsewhere();
    mask = session.mask();
    begin = session.clock().now();
    transmission = new Transmission(session.client(), begin, limit);
  }

  StepRun run() {
    return transmission.report(grant.stepName(), outcome());
  }

  /// Null if there is none.
  @Nullable Token token() {
    return token;
  }

  /// What to use the next time, or null for the grant's own.
  @Nullable String refreshToken() {
    return refreshToken;
  }

  private Outcome outcome() {
    try {
      Question question = new TokenRequest(grant, session).of(refreshToken);
      return explained(question, outcome(question));
    } catch (IllegalArgumentException e) {
      return Outcome.inconclusive(mask.value("cannot be sent: " + e.getMessage()));
    }
  }

  private Outcome outcome(Question question) {
    try {
      return judge(transmission.fetch(question, link));
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      return transmission.broken(e);
    }
  }

  private Outcome explained(Question question, Outcome outcome) {
    return outcome instanceof Outcome.Failed(Cause cause, String detail)
        ? Outcome.fail(cause, "token from %s: %s".formatted(mask.value(question.url()), detail))
        : outcome;
  }

  private Outcome judge(Answer answer) {
    Document document = Document.parse(answer.body().text());
    hide(document);
    String error = text(document, "$.error");
    if (answer.status() / 100 != 2) {
      refuse(error);
      return Outcome.fail(Cause.STATUS, "status " + answer.status() + reason(document, " ", error));
    }
    String value = text(document, "$.access_token");
    if (value == null) {
      refuse(error);
      return Outcome.fail(
          Cause.EXTRACT,
          document == null
              ? "the answer is no JSON"
              : "no access_token in the answer" + reason(document, ": ", error));
    }
    String type = text(document, "$.token_type");
    if (type != null && !type.equalsIgnoreCase("Bearer")) {
      return Outcome.fail(
          Cause.EXTRACT, "token_type is %s, expected \"Bearer\"".formatted(mask.quoted(type)));
    }
    return keep(value, document);
  }

  /// First, so that nothing of it is shown whatever becomes of it.
  private void hide(@Nullable Document document) {
    for (String path : List.of("$.access_token", "$.refresh_token", "$.id_token")) {
      String secret = text(document, path);
      if (secret != null) {
        mask.hide(secret);
      }
    }
  }

  private Outcome keep(String value, @Nullable Document document) {
    // RFC 6749 appendix A.12; anything else is no header.
    if (!value.matches("[\\x20-\\x7e]+")) {
      return Outcome.fail(Cause.EXTRACT, "the access_token cannot be sent in a header");
    }
    String next = text(document, "$.refresh_token");
    if (next != null) {
      refreshToken = next;
    }
    String seconds = text(document, "$.expires_in");
    token = new Token(value, seconds == null ? null : begin.plus(life(seconds)));
    return Outcome.pass();
  }

  /// The one that was given back may have been forgotten, as by a restore from a backup: the next
  /// request begins again with the grant's own.
  private void refuse(@Nullable String error) {
    if ("invalid_grant".equals(error)) {
      refreshToken = null;
    }
  }

  private String reason(@Nullable Document document, String before, @Nullable String error) {
    String description = text(document, "$.error_description");
    return error == null
        ? ""
        : before
            + mask.value(error)
            + (description == null ? "" : " (%s)".formatted(mask.value(description)));
  }

  /// How long to keep what lives for so many seconds; nothing that is no number.
  private static Duration life(String seconds) {
    if (!seconds.matches("\\d{1,18}")) {
      return Duration.ZERO;
    }
    Duration told = Duration.ofSeconds(Math.min(Long.parseLong(seconds), LONGEST_LIFE.toSeconds()));
    Duration tenth = told.dividedBy(10);
    return told.minus(tenth.compareTo(MOST_MARGIN) < 0 ? tenth : MOST_MARGIN);
  }

  /// A string or number, as text.
  private static @Nullable String text(@Nullable Document document, String path) {
    List<@Nullable Object> found = document == null ? List.of() : document.at(path);
    return found.size() == 1
            && (found.getFirst() instanceof String || found.getFirst() instanceof Number)
        ? found.getFirst().toString()
        : null;
  }
}
