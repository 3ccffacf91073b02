package dev.allclear.agent.importer;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/// What names and values look like: a secret, a token, an identifier, a time.
final class Look {
  private static final Pattern PASSWORD =
      Pattern.compile(
          "(?i).*(passw|passphrase|passcode|pwd|secret|api[_-]?key|access[_-]?key|private[_-]?key).*"
              + "|(.*[_-])?(pass|pin|cvv|cvc|otp|totp)");
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i).*(credential|signature|token|jwt|assertion).*|x?-?auth|(.*[_-])?si[gd]");
  private static final Pattern ABOUT =
      Pattern.compile("(?i).*([_-]?(type|hint|ur[il]|endpoint|method|name)|Type|Url|Name)");
  private static final Pattern WORD = Pattern.compile("[A-Za-z]{0,12}");
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?i).*(csrf|xsrf|token|nonce|ticket|execution|session|verif|captcha|challenge|viewstate|eventvalidation|_key).*"
              + "|(.*[_-])?(state|code|key|sid|lt|jwt)|_wpnonce");
  private static final Pattern ID =
      Pattern.compile(
          "(.*[_.-])?(id|ID|Id|uuid|guid|iid|slug|number|ref|reference|uid|pk)|.*[a-z](Id|ID|Uuid|Number|Ref)");
  private static final Pattern UUID =
      Pattern.compile("(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern HEX = Pattern.compile("(?i)[0-9a-f]{16,}");
  private static final Pattern DENSE = Pattern.compile("[A-Za-z0-9+/=_.~:|!*%$@-]{16,}");
  private static final Pattern TIME = Pattern.compile("[0-9]{10}([0-9]{3})?");
  private static final Pattern URL = Pattern.compile("(?s)[a-z]+:/.*|/.*");
  private static final double MANY_KINDS = 3.2;

  private Look() {}

  /// What a person types to prove who they are.
  static boolean isPasswordName(String name) {
    return PASSWORD.matcher(name).matches();
  }

  /// Nobody else's business.
  static boolean isSecret(String name, String value) {
    return !ABOUT.matcher(name).matches()
        && (isPasswordName(name) || (SECRET.matcher(name).matches() && !isWord(value)));
  }

  /// Too plain to be worth hiding, as `yes` and `dark`.
  static boolean isWord(String value) {
    return WORD.matcher(value).matches();
  }

  /// The server gave it, to get it back.
  static boolean isTokenName(String name) {
    return TOKEN.matcher(name).matches();
  }

  /// Sent since the server had given it, by its looks or its name.
  static boolean isGiven(String name, String value) {
    return isToken(value) || (isTokenName(name) && value.length() > 3 && !isWord(value));
  }

  static boolean isIdName(String name) {
    return ID.matcher(name).matches();
  }

  static boolean isUuid(String value) {
    return UUID.matcher(value).matches();
  }

  static boolean isNumber(String value) {
    return value.matches("[0-9]{1,18}");
  }

  /// A machine made it, and makes another the next time.
  static boolean isToken(String value) {
    if (isUuid(value) || HEX.matcher(value).matches()) {
      return !isNumber(value);
    }
    return DENSE.matcher(value).matches()
        && !URL.matcher(value).matches()
        && value.chars().anyMatch(Character::isDigit)
        && value.chars().anyMatch(Character::isLetter)
        && entropy(value) > MANY_KINDS;
  }

  /// Seconds or milliseconds since 1970, less than a day from when it was sent.
  static boolean isTime(String value, Instant sent) {
    if (!TIME.matcher(value).matches()) {
      return false;
    }
    long number = Long.parseLong(value);
    Instant time =
        value.length() == 10 ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number);
    return Duration.between(time, sent).abs().compareTo(Duration.ofDays(1)) < 0;
  }

  /// Bits per character.
  private static double entropy(String value) {
    return value
        .chars()
        .distinct()
        .mapToDouble(
            c -> value.chars().filter(other -> other == c).count() / (double) value.length())
        .map(share -> -share * Math.log(share) / Math.log(2))
        .sum();
  }
}
