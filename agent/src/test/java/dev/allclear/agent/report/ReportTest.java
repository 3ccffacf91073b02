package dev.allclear.agent.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Failed;
import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.outage.Said;
import dev.allclear.agent.outage.Said.Mode;
import dev.allclear.agent.outage.Said.Result;
import dev.allclear.agent.outage.Vantage;
import dev.allclear.agent.recovery.DownWhen;
import dev.allclear.agent.recovery.Expected;
import dev.allclear.agent.recovery.Measures;
import dev.allclear.agent.recovery.Tale;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

final class ReportTest {
  private static final String HOSTILE =
      "<script>alert(1)</script> | **bold** [x](http://evil) `c`\n# h";

  private static Tale tale() {
    return Tale.of("shop")
        .says(90, new Said.FaultInjected("kill db", false))
        .says(130, new Said.RemediationStarted())
        .says(131, new Said.StepStarted("fail over", Mode.AUTO, ""))
        .says(150, new Said.StepFinished("fail over", Mode.AUTO, Result.FAILED, "no quorum"))
        .says(160, new Said.RestoreCompleted("db"))
        .after(new Event.Blind(Tale.at(165), Tale.at(160), "suspended"))
        .restored(200, 201, 211)
        .closed(511);
  }

  private static Story story(Tale tale, double now) {
    return new Story(
        tale.incident(),
        tale.measures(now),
        Failed.NOTHING,
        new Vantage("eu-1", "eu"),
        Tale.at(now));
  }

  @Test
  void markdownTellsTheWholeStory() {
    String text = MarkdownReport.of(story(tale(), 600));

    List<String> lines = text.lines().toList();
    assertEquals("# shop: outage shop-1", lines.getFirst());
    for (String wanted :
        List.of(
            "shop was down from 2026-01-01 00:01:45.000 UTC, verified healthy after"
                + " 1m46s (1m41s to 1m51s) of 10m00s allowed: met.",
            "| onset | 00:01:45.000 (00:01:40.000 to 00:01:50.000) |",
            "| M2 reaction | 18.0s (17.0s to 19.0s) after detected |",
            "| M5 automation | 1 of 1 steps, 100 to 100 % of their time |",
            "repair took longest: 1m10s (1m09s to 1m12s).",
            "| restore completed: db at 00:02:40.000 (00:02:39.000 to 00:02:41.000) | restored at"
                + " 00:03:20.500 (00:03:20.000 to 00:03:21.000) | 40.5s (39.0s to 42.0s) before"
                + " restored |",
            "- F1: step \\`fail over\\` (auto) failed: no quorum",
            "- the onset: 10s lie between the begin of the last pass and the end of the first fail",
            "- the agent could not see for 5s of it")) {
      assertTrue(lines.contains(wanted), () -> wanted + " is not in\n" + text);
    }
  }

  @Test
  void everyMetricOfRecoveryHasARow() {
    Tale tale =
        tale()
            .says(102, new Said.DetectorFired("prometheus", "ShopDown"))
            .says(120, new Said.IncidentDeclared("shop is down"))
            .says(140, new Said.RestoreProgress("db", 1_000_000, 5_000_000_000L))
            .says(150, new Said.RestoreProgress("db", 21_000_000, 5_000_000_000L))
            .says(152, new Said.RollbackStarted("2", "1"))
            .says(156, new Said.RollbackCompleted("2", "1"));
    Incident identity = Tale.of("identity").restored(180, 181, 190).incident();
    Measures measures = tale.measures(600, new Expected(List.of("identity"), List.of()), identity);
    Story story =
        new Story(
            tale.incident(), measures, Failed.NOTHING, new Vantage("eu-1", "eu"), Tale.at(600));

    String text = MarkdownReport.of(story);
    for (String wanted :
        List.of(
            "| M1 detection by prometheus | 0.0s (0.0s to 3.0s) |",
            "| M3 declared to verified | 1m31s (1m30s to 1m32s) |",
            "| M7 restore | db: 21.0 MB of 5.0 GB at 2.0 MB/s, completed at 00:02:40.000 (00:02:39.000 to"
                + " 00:02:41.000) |",
            "| M9 dependency | identity was down at about the same time, restored 1m16s (1m10s to"
                + " 1m21s) after |",
            "| M10 rollback | 4.0s (2.0s to 6.0s), verified after 59.0s (58.0s to 1m00s) |")) {
      assertTrue(text.lines().toList().contains(wanted), () -> wanted + " is not in\n" + text);
    }
  }

  @Test
  void tellsWhoAnsweredAndWhatItWaitedFor() {
    Tale shop =
        Tale.of("shop")
            .after(new Event.Waits(Tale.at(112), Set.of("identity")))
            .after(
                new Event.Served(
                    Tale.at(130),
                    "buy",
                    "served-by",
                    Set.of("eu"),
                    Set.of("us"),
                    9,
                    Tale.between(128, 130)))
            .says(140, new Said.TrafficShifted("us"))
            .restored(200, 201, 211);

    String text = MarkdownReport.of(story(shop, 300));
    for (String wanted :
        List.of(
            "| buy, served-by | from eu to us: not only eu after 00:02:09.000 (00:02:08.000 to"
                + " 00:02:10.000); only us since 00:02:09.000 (00:02:08.000 to 00:02:10.000) |",
            "| traffic shifted to us at 00:02:20.000 (00:02:19.000 to 00:02:21.000) | only us at"
                + " 00:02:09.000 (00:02:08.000 to 00:02:10.000) | 11.0s (9.0s to 13.0s) after only"
                + " us |",
            "| 00:01:52.000 | waits | waits for identity, which it depends on |")) {
      assertTrue(text.lines().toList().contains(wanted), () -> wanted + " is not in\n" + text);
    }
    assertTrue(HtmlReport.of(story(shop, 300)).contains("<h2>Who answered</h2>"));
  }

  @Test
  void tellsOfTheServiceInAllItsRegions() {
    Tale eu = Tale.of(new Cell("shop", "eu")).restored(200, 201, 211).closed(511);
    Tale us = Tale.of(new Cell("shop", "us")).restored(300, 301, 311);
    Expected any = new Expected(List.of(), List.of(), List.of("eu", "us"), DownWhen.ANY);
    Story story =
        new Story(
            eu.incident(),
            eu.measures(600, any, eu.incident(), us.incident()),
            Failed.NOTHING,
            new Vantage("eu-1", "eu"),
            Tale.at(600));

    String wanted =
        """
        ## The service in all regions

        |  |  |
        | --- | --- |
        | down when | any of eu, us |
        | onset | 00:01:45.000 (00:01:40.000 to 00:01:50.000) |
        | detected | 00:01:52.000 |
        | restored | 00:05:00.500 (00:05:00.000 to 00:05:01.000) |
        | verified | 00:05:11.000 |
        | taken | 3m26s (3m21s to 3m31s) of 10m00s: open |
        | regions verified | eu after 1m46s (1m41s to 1m51s), us after 3m26s (3m21s to 3m31s) |
        | regions up | 0 of 2 from 00:01:52.000, 1 of 2 from 00:03:31.000, 2 of 2 from 00:05:11.000 |
        """;
    String text = MarkdownReport.of(story);
    assertTrue(text.contains(wanted), text);
    assertTrue(HtmlReport.of(story).contains("<h2>The service in all regions</h2>"));
    assertFalse(MarkdownReport.of(story(tale(), 600)).contains("all regions"));
  }

  @Test
  void whatIsStillOpenIsToldSoFar() {
    Story open = story(Tale.of("shop"), 172);

    assertEquals(List.of("detection", "repair"), open.phases().stream().map(Phase::name).toList());
    assertTrue(MarkdownReport.of(open).contains("| verified | not yet |"));
    assertTrue(HtmlReport.of(open).contains("and is not verified after"));
  }

  @Test
  void textFromOutsideIsNoMarkup() {
    Story story = story(tale().says(170, new Said.Note(HOSTILE)), 600);

    String markdown = MarkdownReport.of(story);
    assertFalse(markdown.contains("<script>"), markdown);
    assertFalse(markdown.contains("\n# h"), markdown);
    assertFalse(markdown.contains("[x](http"), markdown);
    assertFalse(HtmlReport.of(story).contains("<script>"));
  }

  @Test
  void thePageIsWellFormedAndItsTimelineStaysInside() throws Exception {
    Document page = parsed(HtmlReport.of(story(tale(), 600)));

    assertEquals(0, page.getElementsByTagName("script").getLength());
    List<Element> bars = elements(page, "rect");
    assertTrue(bars.size() > 10, () -> bars.size() + " bars");
    for (Element bar : bars) {
      double x = Double.parseDouble(bar.getAttribute("x"));
      double width = Double.parseDouble(bar.getAttribute("width"));
      assertTrue(x >= 130 && x + width <= 941, () -> x + " and " + width);
    }
  }

  @Test
  void theTimelineIsToScale() {
    Scale scale = Scale.of(tale().incident(), Tale.at(600));

    double onset = scale.at(Tale.at(100));
    double end = scale.at(Tale.at(511));
    assertEquals((onset + end) / 2, scale.at(Tale.at(305.5)), 1e-9);
    assertEquals(0, scale.at(Tale.at(0)));
    assertEquals(1, scale.at(Tale.at(9999)));
    assertEquals(List.of(Tale.at(120), Tale.at(180)), scale.ticks().stream().limit(2).toList());
  }

  @Test
  void noPhaseIsCalledTheLongestWhereTheBoundsDoNotTell() {
    Tale even = Tale.of("shop").restored(118, 124, 130);

    assertEquals("the bounds do not tell which phase took longest", story(even, 131).costliest());
  }

  private static List<Element> elements(Document page, String tag) {
    NodeList nodes = page.getElementsByTagName(tag);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  private static Document parsed(String html)
      throws ParserConfigurationException, IOException, SAXException {
    String xml = html.replace("<!doctype html>", "").replace("<meta charset=\"utf-8\">", "");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }
}
