package dev.allclear.probes.expect;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A condition in CEL, compiled and checked once. What it may cost is limited. Any thread.
public final class Cel {

  /// What a condition came to.
  public sealed interface Result {
    record Is(boolean value) implements Result {}

    /// It could not be evaluated, as when it names a member that is not there.
    record Failed(String why) implements Result {}
  }

  private static final Pattern UNKNOWN =
      Pattern.compile("undeclared reference to '([^']*)'.*", Pattern.DOTALL);

  /// Captured numbers are text, too: a common mistake.
  private static final Pattern NUMBER_OF_TEXT =
      Pattern.compile("applied to '\\((?:string, (?:int|double)|(?:int|double), string)\\)'");

  private static final String VARS = "vars";

  private final String expression;
  private final CelRuntime.Program program;
  private final boolean json;
  private final Set<String> variables;

  private Cel(String expression, CelAbstractSyntaxTree tree) throws CelEvaluationException {
    this.expression = expression;
    program = Language.RUNTIME.createProgram(tree);
    List<CelExpr> parts = parts(tree);
    json = parts.stream().anyMatch(part -> isName(part, "json"));
    variables =
        parts.stream()
            .filter(part -> part.exprKind().getKind() == ExprKind.Kind.SELECT)
            .map(CelExpr::select)
            .filter(select -> !select.testOnly() && isName(select.operand(), VARS))
            .map(CelExpr.CelSelect::field)
            .collect(Collectors.toUnmodifiableSet());
  }

  private static List<CelExpr> parts(CelAbstractSyntaxTree tree) {
    return CelNavigableAst.fromAst(tree).getRoot().allNodes().map(CelNavigableExpr::expr).toList();
  }

  private static boolean isName(CelExpr part, String name) {
    return part.exprKind().getKind() == ExprKind.Kind.IDENT && part.ident().name().equals(name);
  }

  /// Compiles a condition over an answer: `status`, `headers`, `body`, `json`, `vars` and `took`.
  ///
  /// @throws IllegalArgumentException with what is wrong and what to write instead
  public static Cel ofAnswer(String expression) {
    return compile(expression, Language.ANSWER, "status, headers, body, json, vars, took");
  }

  /// Compiles a condition over `vars` alone.
  ///
  /// @throws IllegalArgumentException with what is wrong and what to write instead
  public static Cel ofVariables(String expression) {
    return compile(expression, Language.VARIABLES, VARS);
  }

  private static Cel compile(String expression, CelCompiler compiler, String names) {
    try {
      CelAbstractSyntaxTree tree = compiler.compile(expression).getAst();
      CelType type = tree.getResultType();
      if (!type.equals(SimpleType.BOOL) && !type.equals(SimpleType.DYN)) {
        throw new IllegalArgumentException(
            "`%s` is not true or false but %s; write a comparison, as %s == …"
                .formatted(expression, type.name(), expression));
      }
      return new Cel(expression, tree);
    } catch (CelValidationException e) {
      throw new IllegalArgumentException(reason(expression, e, names), e);
    } catch (CelEvaluationException e) {
      throw new IllegalArgumentException(
          "`%s` cannot be planned: %s".formatted(expression, e.getMessage()), e);
    }
  }

  private static String reason(String expression, CelValidationException e, String names) {
    CelIssue issue = e.getErrors().getFirst();
    Matcher unknown = UNKNOWN.matcher(issue.getMessage());
    if (NUMBER_OF_TEXT.matcher(issue.getMessage()).find()) {
      return ("`%s` compares text with a number in place %d; write both as numbers, as"
              + " int(vars.count), or both as text, in quotes")
          .formatted(expression, issue.getSourceLocation().getColumn() + 1);
    }
    return unknown.matches()
        ? "`%s` knows no `%s`; write one of: %s".formatted(expression, unknown.group(1), names)
        : "`%s` is no CEL in place %d: %s"
            .formatted(
                expression,
                issue.getSourceLocation().getColumn() + 1,
                issue.getMessage().replaceFirst("(?s) expecting \\{.*| \\(candidates: .*", ""));
  }

  /// The names that it reads as `vars.NAME`.
  public Set<String> variables() {
    return variables;
  }

  /// True if it reads the body as JSON.
  boolean readsJson() {
    return json;
  }

  /// What it comes to with these values, which are as JSON.
  public Result evaluate(Map<String, ?> values) {
    try {
      return program.eval(CelValues.of(values)) instanceof Boolean is
          ? new Result.Is(is)
          : new Result.Failed("it is not true or false");
    } catch (CelEvaluationException e) {
      return new Result.Failed(
          String.valueOf(e.getMessage())
              .replaceFirst("^evaluation error at <input>:\\d+: ", "")
              .replaceFirst("(?s) Overload candidates: .*|\\.$", ""));
    }
  }

  @Override
  public String toString() {
    return expression;
  }

  /// Made when the first condition is compiled: it costs some 300 ms and 5 MB.
  private static final class Language {

    private static final CelOptions OPTIONS =
        CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .comprehensionMaxIterations(100_000)
            .maxExpressionCodePointSize(10_000)
            .maxParseRecursionDepth(100)
            .maxRegexProgramSize(10_000)
            .build();

    private static final CelType TEXTS = MapType.create(SimpleType.STRING, SimpleType.STRING);

    static final CelRuntime RUNTIME =
        CelRuntimeFactory.plannerRuntimeBuilder().setOptions(OPTIONS).build();

    static final CelCompiler VARIABLES = compiler(Map.of(VARS, TEXTS));

    static final CelCompiler ANSWER =
        compiler(
            Map.of(
                "status",
                SimpleType.INT,
                "headers",
                TEXTS,
                "body",
                SimpleType.STRING,
                "json",
                SimpleType.DYN,
                VARS,
                TEXTS,
                "took",
                SimpleType.DOUBLE));

    private static CelCompiler compiler(Map<String, CelType> variables) {
      var builder =
          CelCompilerFactory.standardCelCompilerBuilder()
              .setOptions(OPTIONS)
              .setStandardMacros(CelStandardMacro.STANDARD_MACROS);
      variables.forEach(builder::addVar);
      return builder.build();
    }
  }
}
