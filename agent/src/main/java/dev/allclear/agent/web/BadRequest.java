package dev.allclear.agent.web;

/// A parameter that cannot be understood.
final class BadRequest extends RuntimeException {
  private final String write;

  BadRequest(String error, String write) {
    super(error);
    this.write = write;
  }

  Answer answer() {
    return Answer.refused(400, String.valueOf(getMessage()), write);
  }
}
