/// Tests of reports.
@NullMarked
package dev.allclear.agent.report;

import org.jspecify.annotations.NullMarked;
