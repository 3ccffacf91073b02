package dev.allclear.agent.web;

/// A text and its media type.
public record Content(String type, String text) {

  static Content plain(String text) {
    return new Content("text/plain; charset=utf-8", text);
  }

  static Content json(Object tree) {
    return new Content("application/json; charset=utf-8", tree.toString());
  }

  static Content html(String text) {
    return new Content("text/html; charset=utf-8", text);
  }
}
