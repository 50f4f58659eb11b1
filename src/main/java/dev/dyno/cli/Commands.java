package dev.dyno.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The commands by their names; only the one asked for is made. */
final class Commands {
    static final List<String> NAMES =
            List.of(
                    "run",
                    "run:detached",
                    "run:inside",
                    "local",
                    "local:run",
                    "ps",
                    "ps:scale",
                    "ps:type",
                    "ps:restart",
                    "ps:stop",
                    "ps:kill",
                    "ps:wait",
                    "apps",
                    "apps:info",
                    "apps:rename",
                    "apps:destroy",
                    "config",
                    "config:set",
                    "config:get",
                    "config:unset",
                    "config:edit",
                    "ps:exec",
                    "ps:copy",
                    "rerun",
                    "export",
                    "import",
                    "runs",
                    "runs:info",
                    "runs:apply",
                    "diff",
                    "replay",
                    "runs:rm",
                    "releases",
                    "releases:info",
                    "releases:rollback",
                    "releases:retry",
                    "releases:output",
                    "logs",
                    "check",
                    "doctor",
                    "completion",
                    "help",
                    "version");

    private Commands() {}

    static @Nullable Command named(String name) {
        return switch (name) {
            case "run" -> new RunCommand();
            case "run:detached" -> new RunDetachedCommand();
            case RunDetachedCommand.SUPERVISOR -> new RunDetachedCommand.Supervisor();
            case "run:inside" -> new RunInsideCommand();
            case "local", "local:start", "start" -> new LocalCommand();
            case "local:run" -> new LocalRunCommand();
            case "ps" -> new PsCommand();
            case "ps:scale", "dyno:scale", "scale" -> new PsScaleCommand();
            case "ps:type", "ps:resize", "dyno:resize", "resize", "dyno:type" ->
                    new PsTypeCommand();
            case "ps:restart", "dyno:restart", "restart" -> new PsRestartCommand();
            case "ps:stop", "ps:kill", "dyno:stop", "dyno:kill", "stop", "kill" ->
                    new PsStopCommand();
            case "ps:wait", "dyno:wait" -> new PsWaitCommand();
            case "apps", "list", "apps:list" -> new AppsCommand();
            case "apps:info", "info" -> new AppsInfoCommand();
            case "apps:rename", "rename" -> new AppsRenameCommand();
            case "apps:destroy", "apps:delete", "destroy" -> new AppsDestroyCommand();
            case "config" -> new ConfigCommand();
            case "config:set", "config:add" -> new ConfigSetCommand();
            case "config:get" -> new ConfigGetCommand();
            case "config:unset", "config:remove" -> new ConfigUnsetCommand();
            case "config:edit" -> new ConfigEditCommand();
            case "ps:exec", "dyno:exec" -> new PsExecCommand();
            case "ps:copy", "dyno:copy" -> new PsCopyCommand();
            case "rerun" -> new RerunCommand();
            case "export" -> new ExportCommand();
            case "import" -> new ImportCommand();
            case "runs" -> new RunsCommand();
            case "runs:rm" -> new RunsRmCommand();
            case "runs:apply" -> new RunsApplyCommand();
            case "diff", "runs:diff" -> new DiffCommand();
            case "runs:info" -> new RunsInfoCommand();
            case "replay" -> new ReplayCommand();
            case "releases" -> new ReleasesCommand();
            case "releases:info" -> new ReleasesInfoCommand();
            case "releases:rollback", "rollback" -> new ReleasesRollbackCommand();
            case "releases:retry" -> new ReleasesRetryCommand();
            case "releases:output" -> new ReleasesOutputCommand();
            case "logs" -> new LogsCommand();
            case "check" -> new CheckCommand();
            case "doctor" -> new DoctorCommand();
            case "completion", "autocomplete" -> new CompletionCommand();
            case "help", "--help", "-h" -> new HelpCommand();
            case "version", "--version", "-v" -> new VersionCommand();
            default -> null;
        };
    }
}
