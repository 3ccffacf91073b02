package dev.allclear.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands that read a config: `check`, `probe` and `run`.
final class ConfigsTest {
  private static final String GOOD =
      """
      services:
        shop:
          rto: 2m
          detect: http://shop.example:1/healthz
          verify: {journeys: [checkout]}
          regions: {west: {connect-to: 127.0.0.1}, east: {connect-to: 127.0.0.2}}
      journeys:
        checkout: {steps: [{get: "http://shop.example:1/"}]}
      """;
  private static final String BAD =
      """
      services:
        shop:
          rto: 120
          detekt: http://shop.example:1/healthz
      """;

  @TempDir private Path folder;

  @Test
  void checkSaysWhatIsInAGoodConfig() throws IOException {
    Path good = write("good.yaml", GOOD);

    assertEquals(
        new Ran(0, good + ": good, 1 service, 1 journey, 0 dns names\n", ""),
        Ran.of("check", good.toString()));
    assertEquals(new Ran(0, "{\"problems\":[]}\n", ""), Ran.of("check", "--json", good.toString()));
  }

  @Test
  void checkNamesEveryProblemOfEveryFile() throws IOException {
    Path good = write("good.yaml", GOOD);
    Path bad = write("bad.yaml", BAD);
    Path missing = folder.resolve("missing.yaml");

    assertEquals(
        new Ran(
            2,
            """
            GOOD: good, 1 service, 1 journey, 0 dns names
            MISSING:1:1: no such file; write the path of a config file
            BAD:3:10: `120` has no unit; write a unit: 120s
            BAD:4:5: unknown key `detekt`; did you mean `detect`?
            """
                .replace("GOOD", good.toString())
                .replace("MISSING", missing.toString())
                .replace("BAD", bad.toString()),
            ""),
        Ran.of("check", missing.toString(), good.toString(), bad.toString()));
  }

  @Test
  void checkListsProblemsForMachines() throws IOException {
    Path good = write("good.yaml", GOOD);
    Path bad = write("bad.yaml", BAD);
    Path missing = folder.resolve("missing.yaml");

    assertEquals(
        new Ran(
            2,
            """
            {"problems":[\
            {"file":"MISSING","line":1,"column":1,\
            "message":"no such file; write the path of a config file"},\
            {"file":"BAD","line":3,"column":10,\
            "message":"`120` has no unit; write a unit: 120s"},\
            {"file":"BAD","line":4,"column":5,\
            "message":"unknown key `detekt`; did you mean `detect`?"}]}
            """
                .replace("MISSING", missing.toString())
                .replace("BAD", bad.toString()),
            ""),
        Ran.of("check", "--json", missing.toString(), good.toString(), bad.toString()));
  }

  @Test
  void probeProposesTheNearestName() throws IOException {
    Path good = write("good.yaml", GOOD);

    assertEquals(
        new Ran(2, "", "allclear: no probe `chekout` in " + good + "; did you mean `checkout`?\n"),
        Ran.of("probe", "chekout", "--config", good.toString()));
  }

  @Test
  void probeListsTheProbesThereAre() throws IOException {
    Path good = write("good.yaml", GOOD);

    assertEquals(
        new Ran(
            2,
            "",
            "allclear: no probe `login` in %s; write one of: checkout, detect, shop/east:checkout,"
                    .formatted(good)
                + " shop/east:detect, shop/west:checkout, shop/west:detect, shop:checkout,"
                + " shop:detect\n"),
        Ran.of("probe", "login", "--config", good.toString()));
  }

  @Test
  void probeSaysWhatAJourneyOfNoServiceLacks() throws IOException {
    Path good =
        write("good.yaml", GOOD + "  spare:\n    steps: [{get: \"https://shop.example/\"}]\n");

    assertEquals(
        new Ran(
            2,
            "",
            "allclear: no service needs the journey `spare`; name it under `verify: {journeys: […]}`"
                + " of one\n"),
        Ran.of("probe", "spare", "--config", good.toString()));
  }

  @Test
  void probeProposesTheNearestRegion() throws IOException {
    Path good = write("good.yaml", GOOD);

    assertEquals(
        new Ran(2, "", "allclear: no region `wst` of `checkout`; did you mean `west`?\n"),
        Ran.of("probe", "checkout", "--region", "wst", "--config", good.toString()));
  }

  @Test
  void probeProposesTheNearestVar() throws IOException {
    Path vars = write("vars.yaml", GOOD.replace("{steps:", "{vars: {sku: demo-1}, steps:"));

    assertEquals(
        new Ran(2, "", "allclear: no var `sky` in `checkout`; did you mean `sku`?\n"),
        Ran.of("probe", "checkout", "--var", "sky=demo-2", "--config", vars.toString()));
    assertEquals(
        new Ran(2, "", "allclear: no var `sku` in `detect`; it has no `vars`\n"),
        Ran.of("probe", "detect", "--var", "sku=demo-2", "--config", vars.toString()));
  }

  @Test
  void runDoesNotStartWithABadConfig() throws IOException {
    Path bad = write("bad.yaml", BAD);

    assertEquals(
        new Ran(
            2,
            "",
            """
            BAD:3:10: `120` has no unit; write a unit: 120s
            BAD:4:5: unknown key `detekt`; did you mean `detect`?
            """
                .replace("BAD", bad.toString())),
        Ran.of("run", "--config", bad.toString(), "--listen", "127.0.0.1:0"));
    assertTrue(Files.notExists(folder.resolve(".allclear")));
  }

  @Test
  void everyReaderSaysThatThereIsNoConfig() {
    Path missing = folder.resolve("missing.yaml");
    Ran refused = new Ran(2, "", missing + ":1:1: no such file; write the path of a config file\n");

    assertEquals(refused, Ran.of("run", "-c", missing.toString()));
    assertEquals(refused, Ran.of("probe", "checkout", "-c", missing.toString()));
    assertEquals(refused, Ran.of("incidents", "-c", missing.toString()));
    assertEquals(refused, Ran.of("incident", "ID", "-c", missing.toString()));
  }

  private Path write(String name, String config) throws IOException {
    return Files.writeString(folder.resolve(name), config);
  }
}
