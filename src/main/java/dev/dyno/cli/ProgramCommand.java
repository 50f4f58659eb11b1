package dev.dyno.cli;

/** A command whose status is that of a program it runs, unless that could not be started. */
interface ProgramCommand extends Command {
    /** dyno itself could not start it; docker's and env's word for that. */
    int COULD_NOT_START = 125;

    @Override
    default int statusOfUserError() {
        return COULD_NOT_START;
    }

    @Override
    default boolean isOwnFailure(int status) {
        return status == COULD_NOT_START;
    }
}
