package dev.allclear.agent.recovery;

/// Something to look at after an outage: one of the failure modes F1 to F8, and what was seen of
/// it.
public record Finding(Mode mode, String text) {

  /// The failure modes of the RTO guide.
  public enum Mode {
    AUTOMATION_FAILED("F1"),
    RESTORE_SLOW("F2"),
    DNS_TAIL("F3"),
    CONTROL_PLANE("F4"),
    DEPENDENCY("F5"),
    CAPACITY("F6"),
    FALSE_GREEN("F7"),
    RUNBOOK_DRIFT("F8"),
    /// What was claimed contradicts itself, or what was observed.
    CLAIM("claim");

    private final String code;

    Mode(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }
  }
}
