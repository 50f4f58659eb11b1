class CreateBooks
  def up(db)
    db["books"] = [
      { "title" => "Emma", "author" => "Jane Austen" },
      { "title" => "Kim", "author" => "Rudyard Kipling" }
    ]
  end

  def down(db)
    db.delete("books")
  end
end
