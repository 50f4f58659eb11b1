require_relative "../app"

# One numbered step of the library's schema, told by its file: 001_create_books.rb holds the class CreateBooks.
Migration = Struct.new(:file) do
  def self.all
    Dir[File.join(__dir__, "migrate", "*.rb")].sort.map { |file| new(file) }
  end

  def name = File.basename(file, ".rb")

  def applied?
    Library.store.transaction(true) { |db| db.fetch("applied", []).include?(name) }
  end

  def apply
    Library.store.transaction do |db|
      steps.up(db)
      db["applied"] = [*db["applied"], name]
    end
  end

  def revert
    Library.store.transaction do |db|
      steps.down(db)
      db["applied"] -= [name]
    end
  end

  private

  def steps
    require file
    Object.const_get(name.split("_").drop(1).map(&:capitalize).join).new
  end
end
