package dev.allclear.agent.outage;

/// An event and the cell it happened to: what the ledger keeps, in order.
public record Change(Cell cell, Event event) {}
