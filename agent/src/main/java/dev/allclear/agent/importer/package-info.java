/// What somebody did once, in a browser or with curl, turned into a journey in YAML with comments.
@NullMarked
package dev.allclear.agent.importer;

import org.jspecify.annotations.NullMarked;
