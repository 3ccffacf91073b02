package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The GraphQL reference implementation behind graphql-http: queries with variables, mutations, and
/// errors in answers whose status is 200.
final class GraphQlIT {
  private static final String JOURNEY = "stock";

  @TempDir private Path folder;
  private App shop;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    shop = App.start("graphql", folder);
  }

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void passesAgainAndAgain() throws IOException, InterruptedException {
    assertEquals(Verdict.PASS, shop.probe(JOURNEY, Map.of()));
    assertEquals(Verdict.PASS, shop.probe(JOURNEY, Map.of()));
  }

  @Test
  void aFieldThatWasRenamedFails() throws IOException, InterruptedException {
    shop.edit("server.js", "price: Float!", "cost: Float!");
    shop.startAgain();
    assertEquals(
        Verdict.fail(
            "there is some",
            "assertion",
            """
            $.data.product.price is missing, expected above 0; \
            $.data.product.stock is missing, expected at least 1; \
            GraphQL error "Cannot query field "price" on type "Product"."\
            """),
        shop.probe(JOURNEY, Map.of()));
  }

  @Test
  void aMutationThatIsRefusedFails() throws IOException, InterruptedException {
    shop.edit("server.js", "quantity > product.stock", "quantity > 0");
    shop.startAgain();
    assertEquals(
        Verdict.fail(
            "take one",
            "assertion",
            "$.data.take.stock is missing, expected at least 0; GraphQL error \"sold out\""),
        shop.probe(JOURNEY, Map.of()));
  }
}
