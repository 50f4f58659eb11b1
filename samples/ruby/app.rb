require "fileutils"
require "yaml/store"

# A library of books in one YAML file. `irb -r ./app.rb` is its console.
module Library
  FILE = File.join(__dir__, "data", "library.yml")

  def self.store
    FileUtils.mkdir_p(File.dirname(FILE))
    YAML::Store.new(FILE)
  end

  def self.books
    store.transaction(true) { |db| db.fetch("books", []) }
  end

  def self.add(title, author)
    store.transaction { |db| db["books"] = [*db["books"], { "title" => title, "author" => author }] }
  end
end
