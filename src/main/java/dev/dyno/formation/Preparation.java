package dev.dyno.formation;

import dev.dyno.dyno.Dyno;
import dev.dyno.dyno.DynoSpec;
import dev.dyno.process.Invocation;
import java.io.IOException;

/** Makes a dyno's sandbox, and says how its command is started there. */
@FunctionalInterface
public interface Preparation {
    /**
     * @param port what {@code PORT} is to be
     * @throws dev.dyno.UserError where the user can mend what is in the way
     */
    Invocation prepare(Dyno dyno, DynoSpec spec, Build build, int port) throws IOException;
}
