package dev.allclear.agent.importer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A step that is being put together. What is captured is known last, when later requests turn out
/// to need it.
final class StepDraft {
  private final Request request;
  private final Answer answer;
  final List<String> comments = new ArrayList<>();
  final Map<String, @Nullable Object> keys = new LinkedHashMap<>();
  final Map<String, @Nullable Object> expect = new LinkedHashMap<>();
  final Map<String, @Nullable Object> capture = new LinkedHashMap<>();
  private String name = "";

  StepDraft(Request request, Answer answer) {
    this.request = request;
    this.answer = answer;
  }

  Request request() {
    return request;
  }

  Answer answer() {
    return answer;
  }

  String name() {
    return name;
  }

  void name(String chosen) {
    name = chosen;
  }

  /// As the config has it.
  Map<String, @Nullable Object> tree() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("name", name);
    tree.putAll(keys);
    if (!expect.isEmpty()) {
      tree.put("expect", expect);
    }
    if (!capture.isEmpty()) {
      tree.put("capture", capture);
    }
    return tree;
  }
}
