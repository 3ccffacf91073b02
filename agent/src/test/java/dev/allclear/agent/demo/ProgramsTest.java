package dev.allclear.agent.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProgramsTest {
  @TempDir private Path folder;

  @Test
  void areFoundInTheFirstFolderThatHasThem() throws IOException {
    Path early = install("early", "knotd", "unbound");
    Path late = install("late", "knotc", "unbound");
    Programs found = Programs.on("/no/such/folder:" + early + ":" + late);
    assertEquals(
        new Programs(early.resolve("knotd"), late.resolve("knotc"), early.resolve("unbound")),
        found);
  }

  @Test
  void thatAreMissingAreNamedWithThePackagesThatHaveThem() {
    IOException e = assertThrows(IOException.class, () -> Programs.on(folder.toString()));
    assertEquals(
        "real DNS needs knotc, knotd, unbound, neither on PATH nor in /usr/sbin;"
            + " on Debian: apt-get install knot unbound",
        e.getMessage());
  }

  @Test
  void onlyWhatIsMissingIsToBeInstalled() throws IOException {
    Path bin = install("bin", "knotc", "knotd");
    IOException e = assertThrows(IOException.class, () -> Programs.on(bin.toString()));
    assertEquals(
        "real DNS needs unbound, neither on PATH nor in /usr/sbin;"
            + " on Debian: apt-get install unbound",
        e.getMessage());
  }

  private Path install(String name, String... programs) throws IOException {
    Path bin = Files.createDirectory(folder.resolve(name));
    for (String program : programs) {
      assertTrue(Files.createFile(bin.resolve(program)).toFile().setExecutable(true));
    }
    return bin;
  }
}
