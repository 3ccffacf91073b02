package dev.allclear.agent.web;

import dev.allclear.agent.json.JsonObject;

/// What a request gets.
record Answer(int status, Content content) {

  static Answer ok(Content content) {
    return new Answer(200, content);
  }

  /// What is wrong and what to write instead.
  static Answer refused(int status, String error, String write) {
    JsonObject json = new JsonObject().put("error", error).put("write", write);
    return new Answer(status, Content.json(json));
  }
}
