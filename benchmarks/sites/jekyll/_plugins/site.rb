# What Jekyll does not make itself: lists, indexes, the JSON feed, the entry of a paper for machines.
require "cgi"
require "json"

module Papers
  PER_PAGE = 50

  class Made < Jekyll::PageWithoutAFile
    def initialize(site, address, layout, data)
      super(site, site.source, address, "index.html")
      @data = { "layout" => layout }.merge(data)
    end
  end

  class Generator < Jekyll::Generator
    def generate(site)
      papers = site.collections["papers"].docs.sort_by { |paper| paper.date }.reverse
      categories = Hash.new { |groups, key| groups[key] = [] }
      years = Hash.new { |groups, key| groups[key] = [] }
      papers.each do |paper|
        years[paper.date.year.to_s] << paper
        paper.data["categories"].each { |category| categories[category] << paper }
      end
      list(site, "/", site.config["title"], papers)
      { "categories" => categories, "years" => years }.each do |name, groups|
        entries = groups.map { |title, found| [title, found.size] }.sort
        site.pages << Made.new(site, "/#{name}/", "index-of", { "title" => name.capitalize, "kind" => name, "entries" => entries })
        groups.each { |title, found| list(site, "/#{name}/#{title.downcase}/", title, found) }
      end
      site.config["newest"] = papers
      site.config["topics"] = categories.keys
      site.config["years"] = years.keys
    end

    def list(site, start, title, papers)
      last = (papers.size - 1) / PER_PAGE + 1
      address = ->(number) { number > 1 ? "#{start}page/#{number}/" : start }
      (1..last).each do |number|
        site.pages << Made.new(site, address.call(number), "list", {
          "title" => title, "papers" => papers[(number - 1) * PER_PAGE, PER_PAGE], "number" => number, "last" => last,
          "newer" => number > 1 ? address.call(number - 1) : nil, "older" => number < last ? address.call(number + 1) : nil
        })
      end
    end
  end

  module Filters
    def plain(markup)
      CGI.unescapeHTML(markup.gsub(/<[^>]*>/, "")).strip
    end

    def article_data(text, page, url)
      JSON.generate({
        "@context" => "https://schema.org", "@type" => "ScholarlyArticle", "headline" => page["title"], "url" => url,
        "author" => page["authors"].map { |name| { "@type" => "Person", "name" => name } },
        "datePublished" => page["date"].strftime("%Y-%m-%d"), "abstract" => text, "about" => page["categories"],
        "isPartOf" => { "@type" => "Periodical", "name" => page["venue"] },
        "identifier" => [
          { "@type" => "PropertyValue", "propertyID" => "DOI", "value" => page["doi"] },
          { "@type" => "PropertyValue", "propertyID" => "arXiv", "value" => page["arxiv"] }
        ]
      }).gsub("<", "\\u003c")
    end
  end
  Liquid::Template.register_filter(Filters)

  # the feed holds finished texts, so it is made when all pages are
  Jekyll::Hooks.register :site, :post_write do |site|
    url = site.config["url"]
    items = site.config["newest"].first(200).map do |paper|
      {
        "id" => url + paper.url, "url" => url + paper.url, "title" => paper.data["title"], "content_html" => paper.content,
        "date_published" => paper.date.strftime("%Y-%m-%dT00:00:00Z"),
        "authors" => paper.data["authors"].map { |name| { "name" => name } }, "tags" => paper.data["categories"]
      }
    end
    File.write(site.in_dest_dir("feed.json"), JSON.generate({
      "version" => "https://jsonfeed.org/version/1.1", "title" => site.config["title"], "home_page_url" => "#{url}/",
      "feed_url" => "#{url}/feed.json", "items" => items
    }))
  end
end
