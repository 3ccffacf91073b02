package dev.allclear.agent.outage;

/// The agent that looks: its id and the region it looks from.
public record Vantage(String id, String region) {}
