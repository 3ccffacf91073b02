/// An outage told for people: Markdown, and a page with its timeline to scale.
@NullMarked
package dev.allclear.agent.report;

import org.jspecify.annotations.NullMarked;
