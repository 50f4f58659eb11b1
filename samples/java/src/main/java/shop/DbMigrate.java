package shop;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Brings the shop's database to its newest schema, or lists how far it is. */
public final class DbMigrate {
    private static final Path MIGRATIONS = Path.of("db/migration");

    private final Connection database;
    private final List<Migration> migrations;

    private DbMigrate(Connection database, List<Migration> migrations) {
        this.database = database;
        this.migrations = migrations;
    }

    public static void main(String[] args) throws IOException {
        String command = args.length == 0 ? "migrate" : args[0];
        String url = System.getenv().getOrDefault("JDBC_DATABASE_URL", "jdbc:h2:./data/shop");
        try (Connection database = DriverManager.getConnection(url)) {
            new DbMigrate(database, Migration.in(MIGRATIONS)).run(command);
        } catch (IllegalArgumentException | SQLException e) {
            System.err.println("db-migrate: " + e.getMessage());
            System.exit(1);
        }
    }

    private void run(String command) throws SQLException, IOException {
        switch (command) {
            case "migrate" -> migrate();
            case "status" -> status();
            default ->
                    throw new IllegalArgumentException(
                            "no command '" + command + "': it knows migrate, status");
        }
    }

    private void migrate() throws SQLException, IOException {
        Set<Integer> applied = applied();
        List<Migration> pending =
                migrations.stream().filter(m -> !applied.contains(m.version())).toList();
        for (Migration migration : pending) {
            apply(migration);
            System.out.println("applied " + migration);
        }
        if (pending.isEmpty()) {
            System.out.println("nothing to apply");
        }
    }

    private void status() throws SQLException {
        Set<Integer> applied = applied();
        for (Migration migration : migrations) {
            String state = applied.contains(migration.version()) ? "applied" : "pending";
            System.out.println(state + " " + migration);
        }
    }

    private Set<Integer> applied() throws SQLException {
        var versions = new HashSet<Integer>();
        try (Statement statement = database.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS schema_history (version INT UNIQUE)");
            ResultSet rows = statement.executeQuery("SELECT version FROM schema_history");
            while (rows.next()) {
                versions.add(rows.getInt("version"));
            }
        }
        return versions;
    }

    private void apply(Migration migration) throws SQLException, IOException {
        try (Statement script = database.createStatement();
                PreparedStatement history =
                        database.prepareStatement("INSERT INTO schema_history VALUES (?)")) {
            script.execute(migration.sql());
            history.setInt(1, migration.version());
            history.executeUpdate();
        } catch (SQLException e) {
            throw new SQLException(migration + ": " + e.getMessage(), e);
        }
    }
}
