/// Tests of the config's schema: against its readers, its files, and the file it is kept in.
@NullMarked
package dev.allclear.agent.schema;

import org.jspecify.annotations.NullMarked;
