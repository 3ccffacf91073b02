/// Tests of the package of the same name.
@NullMarked
package dev.allclear.agent.importer;

import org.jspecify.annotations.NullMarked;
