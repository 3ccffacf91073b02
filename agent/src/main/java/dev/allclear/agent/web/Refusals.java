package dev.allclear.agent.web;

import dev.allclear.agent.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/// Everything that is wrong with a request, and what to write instead.
final class Refusals {
  private record Refusal(int status, String error, String write) {
    JsonObject tree() {
      return new JsonObject().put("error", error).put("write", write);
    }
  }

  private final List<Refusal> refusals = new ArrayList<>();
  private String where = "";

  /// Names the place of all that is added from now on, as `claim 3: `.
  void at(String place) {
    where = place;
  }

  void add(int status, String error, String write) {
    refusals.add(new Refusal(status, where + error, write));
  }

  boolean isEmpty() {
    return refusals.isEmpty();
  }

  int size() {
    return refusals.size();
  }

  /// The first, and in `more` the others.
  Answer answer() {
    Refusal first = refusals.getFirst();
    boolean alike = refusals.stream().allMatch(each -> each.status == first.status);
    JsonObject json = first.tree();
    if (refusals.size() > 1) {
      json.put("more", refusals.stream().skip(1).map(Refusal::tree).toList());
    }
    return new Answer(alike ? first.status : 400, Content.json(json));
  }
}
