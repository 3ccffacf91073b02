/// HTTP: what the agent knows, as JSON for programs, as a page for people, as metrics for scrapers.
/// Nothing here can change what happened.
@NullMarked
package dev.allclear.agent.web;

import org.jspecify.annotations.NullMarked;
