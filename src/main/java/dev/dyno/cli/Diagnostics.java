package dev.dyno.cli;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What dyno writes about itself, for whoever mends it: {@code dyno.log} in the state directory, at
 * most two files of 1 MB. logback comes up only when there is something to write.
 */
final class Diagnostics {
    private Diagnostics() {}

    /** Returns the file the trace stands in; null where it cannot be written. */
    static @Nullable Path record(Throwable bug, World world) {
        try {
            Path file = world.home().directory(world.home().root()).resolve("dyno.log");
            var context = new LoggerContext();
            context.setMDCAdapter(new LogbackMDCAdapter()); // without one it writes nothing
            var encoder = new PatternLayoutEncoder();
            encoder.setContext(context);
            encoder.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSS, UTC}Z %-5level %msg%n%ex");
            encoder.start();
            var appender = new RollingFileAppender<ILoggingEvent>();
            appender.setContext(context);
            appender.setFile(file.toString());
            appender.setEncoder(encoder);
            var window = new FixedWindowRollingPolicy();
            window.setContext(context);
            window.setParent(appender);
            window.setFileNamePattern(file + ".%i");
            window.setMinIndex(1);
            window.setMaxIndex(1);
            window.start();
            var size = new SizeBasedTriggeringPolicy<ILoggingEvent>();
            size.setContext(context);
            size.setMaxFileSize(FileSize.valueOf("1MB"));
            size.start();
            appender.setRollingPolicy(window);
            appender.setTriggeringPolicy(size);
            appender.start();
            var logger = context.getLogger("dyno");
            logger.addAppender(appender);
            logger.error("bug", bug);
            context.stop();
            return file;
        } catch (RuntimeException e) {
            return null;
        }
    }
}
