/** An app's log: one file a dyno, read as one stream in Heroku's line format. */
@NullMarked
package dev.dyno.log;

import org.jspecify.annotations.NullMarked;
