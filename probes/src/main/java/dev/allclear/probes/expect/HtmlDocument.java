package dev.allclear.probes.expect;

import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.helper.W3CDom;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/// A body read as HTML, as a browser would: any text is some document.
final class HtmlDocument {

  private final Document document;

  private HtmlDocument(Document document) {
    this.document = document;
  }

  static HtmlDocument parse(String text) {
    return new HtmlDocument(Jsoup.parse(text));
  }

  /// The text of what the selector matches, or the attribute of those that have it.
  Found select(String selector, @Nullable String attribute) {
    List<Element> elements = document.select(selector);
    return attribute == null
        ? Found.all(elements.stream().map(Element::text).toList())
        : Found.all(
            elements.stream()
                .filter(element -> element.hasAttr(attribute))
                .map(element -> element.attr(attribute))
                .toList());
  }

  /// As a tree without namespaces.
  org.w3c.dom.Document tree() {
    return new W3CDom().namespaceAware(false).fromJsoup(document);
  }
}
