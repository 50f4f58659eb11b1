package dev.dyno.cli;

import dev.dyno.CalledAs;
import java.util.Optional;

/** Heroku's commands that make no sense on a machine of your own, and what does the job here. */
final class HerokuOnly {
    private static final String ME = CalledAs.NAME;

    private HerokuOnly() {}

    /** One line on what to do instead; empty where Heroku has no such command either. */
    static Optional<String> instead(String name) {
        String text = ofCommand(name);
        if (text.isEmpty()) {
            int colon = name.indexOf(':');
            text = ofTopic(colon < 0 ? name : name.substring(0, colon));
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static String ofCommand(String name) {
        return switch (name) {
            case "create", "apps:create" ->
                    "Nothing is to be created: any directory is an app. In it: " + ME + " run bash";
            case "destroy", "apps:destroy", "apps:delete" ->
                    "An app is its directory: remove that, and it is gone";
            case "fork", "apps:fork" ->
                    "An app is its directory: cp -R it, and the copy is an app of its own";
            case "rename", "apps:rename" ->
                    "An app is called what its directory is called: mv it, and it has its new name";
            case "apps:transfer", "apps:join", "apps:leave", "apps:lock", "apps:unlock" ->
                    ofTopic("access");
            case "open", "apps:open" ->
                    "While "
                            + ME
                            + " local runs, open http://localhost:5006, or the port it tells for web.1";
            case "local:version" ->
                    "There is no foreman in " + ME + " local: " + ME + " --version tells what runs";
            case "apps:stacks", "apps:stacks:set" -> ofTopic("stack");
            default -> "";
        };
    }

    private static String ofTopic(String topic) {
        return switch (topic) {
            case "addons", "addon-attachments", "data" ->
                    "There are no add-ons here: run the service yourself and put its address into"
                            + " .env, as in DATABASE_URL=postgres://localhost/shop";
            case "pg", "psql", "postgres" ->
                    "Heroku Postgres is not here: put DATABASE_URL of your own into .env, then: "
                            + ME
                            + " run 'psql $DATABASE_URL'";
            case "redis" ->
                    "Heroku's Redis is not here: put REDIS_URL of your own into .env, then: "
                            + ME
                            + " run 'redis-cli -u $REDIS_URL'";
            case "kafka" -> "Heroku's Kafka is not here: put KAFKA_URL of your own into .env";
            case "domains" ->
                    "There are no domains here: web dynos listen on localhost, at the ports that "
                            + ME
                            + " local tells";
            case "certs" ->
                    "There is no TLS here: put a proxy of your own before the ports of "
                            + ME
                            + " local";
            case "login",
                    "logout",
                    "auth",
                    "authorizations",
                    "whoami",
                    "accounts",
                    "2fa",
                    "twofactor" ->
                    "There is no account here and nothing to log in to: just go on, as in "
                            + ME
                            + " run bash";
            case "clients", "keys", "sessions" ->
                    "There is no account here, so no keys, clients or sessions either: just go on";
            case "members",
                    "access",
                    "sharing",
                    "orgs",
                    "teams",
                    "join",
                    "leave",
                    "lock",
                    "unlock" ->
                    "Nobody else has access here: to share an app, give away its directory and .env";
            case "git" ->
                    "Nothing is pushed here: "
                            + ME
                            + " run and "
                            + ME
                            + " local take the app's files as they are";
            case "builds", "container" ->
                    "There is nothing to build or push here: "
                            + ME
                            + " run takes the app's files as they are";
            case "pipelines", "reviewapps" ->
                    "A stage is a checkout here: git worktree add ../staging, then: "
                            + ME
                            + " run -a ../staging bash";
            case "spaces", "trusted-ips" ->
                    "There is one place here, this machine: " + ME + " doctor tells what it gives";
            case "regions" -> "There is one region here, this machine";
            case "drains" ->
                    "Logs go nowhere from here by themselves: pipe them, as in "
                            + ME
                            + " logs --tail | tee app.log";
            case "webhooks", "notifications", "telemetry" ->
                    "Nobody is notified here: what happens to dynos, "
                            + ME
                            + " logs --tail -s heroku shows";
            case "ci" -> "Run the app's tests in a dyno: " + ME + " run npm test";
            case "labs", "features" ->
                    "There are no features to switch here: " + ME + " help lists all there is";
            case "maintenance" -> "To take the app off, scale web down: " + ME + " ps:scale web=0";
            case "buildpacks" ->
                    "No buildpack is run here: build the app in its directory, before "
                            + ME
                            + " run takes it as it is";
            case "stack" -> "The stack is this machine's system: " + ME + " doctor tells of it";
            case "status" ->
                    "Whether Heroku is up does not matter here: "
                            + ME
                            + " doctor tells of this machine";
            case "update" ->
                    "Update the checkout (git pull), and where dyno was installed, scripts/install again";
            case "plugins" -> "There are no plugins here: any program on the PATH is as good";
            case "usage", "dashboard" -> "Nothing is billed here: " + ME + " ps lists what runs";
            case "which", "commands" ->
                    "The commands are all dyno's own: " + ME + " help lists them";
            default -> "";
        };
    }
}
