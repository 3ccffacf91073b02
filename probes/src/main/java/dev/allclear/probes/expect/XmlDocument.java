package dev.allclear.probes.expect;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathEvaluationResult;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import javax.xml.xpath.XPathFactoryConfigurationException;
import javax.xml.xpath.XPathNodes;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/// A tree of elements, from XML or HTML, in which XPaths lead somewhere. Of XML, document types are
/// refused, and with them all entities but the five of XML itself; namespaces are left out.
final class XmlDocument {

  private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";
  private static final String DEPTH = "jdk.xml.maxElementDepth";
  private static final int MOST_DEEP = 400;

  private final Document document;

  private XmlDocument(Document document) {
    this.document = document;
  }

  /// Null if the text is no XML.
  static @Nullable XmlDocument parse(String text) {
    try {
      Document document = builder().parse(new InputSource(new StringReader(text)));
      forgetNamespaces(document);
      return new XmlDocument(document);
    } catch (SAXException | IOException _) {
      return null;
    }
  }

  static XmlDocument of(HtmlDocument html) {
    return new XmlDocument(html.tree());
  }

  static XmlDocument empty() {
    return new XmlDocument(builder().newDocument());
  }

  private static DocumentBuilder builder() {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature(NO_DOCTYPE, true);
      factory.setAttribute(DEPTH, String.valueOf(MOST_DEEP));
      factory.setCoalescing(true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      // The default one prints.
      builder.setErrorHandler(new DefaultHandler());
      return builder;
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("the JDK has no such parser", e);
    }
  }

  private static void forgetNamespaces(Document document) {
    NodeList live = document.getElementsByTagName("*");
    List<Node> elements = new ArrayList<>();
    for (int i = 0; i < live.getLength(); i++) {
      elements.add(live.item(i));
    }
    for (Node element : elements) {
      if (element.getNamespaceURI() != null) {
        document.renameNode(element, null, element.getLocalName());
      }
    }
  }

  /// What the path leads to: the text of every node, or what its function yields.
  ///
  /// @throws XPathExpressionException if it is no XPath
  Found at(String path) throws XPathExpressionException {
    XPathEvaluationResult<?> result = paths().newXPath().evaluateExpression(path, document);
    return result.value() instanceof XPathNodes nodes
        ? Found.all(texts(nodes))
        : value(result.value());
  }

  private static XPathFactory paths() {
    try {
      XPathFactory factory = XPathFactory.newDefaultInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      return factory;
    } catch (XPathFactoryConfigurationException e) {
      throw new IllegalStateException("the JDK has no such feature", e);
    }
  }

  private static List<String> texts(XPathNodes nodes) {
    List<String> texts = new ArrayList<>();
    nodes.forEach(node -> texts.add(node.getTextContent().strip()));
    return texts;
  }

  /// Whole numbers as XPath writes them.
  private static Found value(Object value) {
    if (!(value instanceof Double number)) {
      return Found.one(String.valueOf(value));
    }
    return number.isNaN() || number.isInfinite()
        ? new Found.Missing("is no number")
        : Found.one(new BigDecimal(number.toString()).stripTrailingZeros().toPlainString());
  }
}
